"""Binary and text responses: in memory, to a file, piece by piece."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from runtime.loopback import Server, raw

if TYPE_CHECKING:
    from pathlib import Path

    from features.kit import Kit

pytestmark = pytest.mark.anyio


async def test_a_download_is_read_into_memory_and_written_to_a_file(kit: Kit, tmp_path: Path) -> None:
    response = await kit(kit.client().charts.get("c1"))
    assert response.content == kit.harbor.files.chart
    assert (await kit(response.read())) == kit.harbor.files.chart
    await kit(response.write_to_file(tmp_path / "chart.bin"))
    assert (tmp_path / "chart.bin").read_bytes() == kit.harbor.files.chart
    assert kit.harbor.last.headers["accept"] == "application/octet-stream"


async def test_a_download_streams_to_disk_and_tells_its_progress(kit: Kit, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    size = len(kit.harbor.files.chart)
    async with kit.entered(kit.client().charts.with_streaming_response.get("c1")) as response:
        await kit(response.stream_to_file(tmp_path / "chart.bin", progress=lambda *seen: told.append(seen)))
    assert (tmp_path / "chart.bin").read_bytes() == kit.harbor.files.chart
    assert told[-1] == (size, size) and len(told) > 1
    assert [done for done, _ in told] == sorted(done for done, _ in told)


async def test_a_download_in_steps_of_a_size(kit: Kit, tmp_path: Path) -> None:
    told: list[int] = []
    async with kit.entered(kit.client().charts.with_streaming_response.get("c1")) as response:
        await kit(
            response.stream_to_file(tmp_path / "c", chunk_size=100_000, progress=lambda done, _: told.append(done))
        )
    assert told == [100_000, 200_000, len(kit.harbor.files.chart)]


async def test_a_download_that_is_cut_off_leaves_no_file(kit: Kit, tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 5000\r\n\r\n"
    with Server([raw(head, b"x" * 100)]) as cut:
        client = kit.client(base_url=cut.url, max_retries=0)
        with pytest.raises(kit.top.APIConnectionError):
            async with kit.entered(client.charts.with_streaming_response.get("c1")) as response:
                await kit(response.stream_to_file(tmp_path / "chart.bin"))
    assert list(tmp_path.iterdir()) == []


async def test_a_download_is_read_piece_by_piece(kit: Kit) -> None:
    async with kit.entered(kit.client().charts.with_streaming_response.get("c1")) as response:
        pieces: list[Any] = await kit.all(response.iter_bytes(1000))
    assert b"".join(pieces) == kit.harbor.files.chart and len(pieces[0]) == 1000
    assert response.is_closed


async def test_text_is_a_str(kit: Kit) -> None:
    assert (await kit(kit.client().anthem.get())) == "Over the sea\n"
    assert kit.harbor.last.headers["accept"] == "text/plain"


async def test_downloads_of_one_file_at_the_same_time_do_not_disturb_each_other(kit: Kit, tmp_path: Path) -> None:
    client, path = kit.client(), tmp_path / "chart.bin"
    responses = [await kit(client.charts.get("c1")) for _ in range(8)]
    if kit.is_async:
        async with anyio.create_task_group() as tasks:
            for response in responses:
                tasks.start_soon(response.write_to_file, path)
    else:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda response: response.write_to_file(path), responses))
    assert path.read_bytes() == kit.harbor.files.chart and list(tmp_path.iterdir()) == [path]


async def test_a_file_with_the_longest_of_names_is_written(kit: Kit, tmp_path: Path) -> None:
    path = tmp_path / ("c" * 255)
    await kit((await kit(kit.client().charts.get("c1"))).write_to_file(path))
    assert path.read_bytes() == kit.harbor.files.chart


async def test_a_link_stays_one_and_the_permissions_of_the_old_file_hold(kit: Kit, tmp_path: Path) -> None:
    target, link = tmp_path / "secret.bin", tmp_path / "link.bin"
    target.touch(0o600)
    link.symlink_to(target.name)
    await kit((await kit(kit.client().charts.get("c1"))).write_to_file(link))
    assert link.is_symlink() and target.read_bytes() == kit.harbor.files.chart
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


async def test_a_pipe_is_written_to_and_not_replaced(kit: Kit, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    response = await kit(kit.client().charts.get("c1"))
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        await kit(response.write_to_file(pipe))
        assert read.result(5) == kit.harbor.files.chart
    assert stat.S_ISFIFO(pipe.stat().st_mode)
