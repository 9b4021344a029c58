"""No reference makes the tool reach for the network or for a file that is not the document's (N7)."""

from __future__ import annotations

import socket

from hostile import references


def test_no_target_of_a_reference_is_fetched_and_each_is_an_error() -> None:
    found = references.run()
    assert found.targets >= 60
    assert len(set(references.targets(1))) == found.targets
    assert found.failures == []


def test_who_comes_is_counted() -> None:
    with references.listener() as found:
        for _ in range(2):
            socket.create_connection(found.getsockname()).close()
        assert references.arrived(found) == 2
