"""`sdkwright regenerate`: what it writes, what `--check` says, and how it ends."""

from __future__ import annotations

import pytest

from .conftest import DOCUMENT, Workspace

CHANGED = DOCUMENT.replace("lit: {type: boolean}", "lit: {type: boolean}\n        colour: {type: string}")
ADDED = DOCUMENT + "    Keeper:\n      type: object\n      properties: {name: {type: string}}\n"


def test_every_spec_becomes_a_package_and_each_gets_a_line(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    sdkwright.spec("second")
    run = sdkwright("regenerate")
    assert (run.code, run.out) == (0, "")
    assert [line.split(":")[0] for line in sorted(run.err.splitlines())] == ["first", "second"]
    assert "1 operations" in run.err
    assert "src/lighthouse/types/lamp.py" in sdkwright.tree("second")


def test_names_select_packages(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    sdkwright.spec("second")
    assert sdkwright("regenerate", "second").code == 0
    assert not (sdkwright.root / "generated/first").exists()
    assert (sdkwright.root / "generated/second/pyproject.toml").is_file()


def test_an_unknown_name_is_wrong_usage_and_says_where_it_was_looked_for(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    run = sdkwright("regenerate", "frist")
    assert run.code == 2
    assert "frist" in run.err
    assert "specs" in run.err


def test_a_second_run_changes_nothing(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    sdkwright("regenerate")
    before = sdkwright.tree("first")
    run = sdkwright("regenerate")
    assert "none changed" in run.err
    assert sdkwright.tree("first") == before


@pytest.mark.parametrize("home", ["home", "/proc/nowhere"], ids=["with a cache", "without a cache"])
def test_check_is_silent_when_up_to_date(sdkwright: Workspace, home: str) -> None:
    sdkwright.spec("first")
    sdkwright("regenerate", HOME=home)
    run = sdkwright("regenerate", "--check", HOME=home)
    assert (run.code, run.out) == (0, "")
    assert "up to date" in run.err


def test_check_prints_a_diff_and_writes_nothing_when_the_document_has_changed(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    sdkwright("regenerate")
    before = sdkwright.tree("first")
    sdkwright.spec("first", CHANGED)
    run = sdkwright("regenerate", "--check")
    assert run.code == 1
    assert "+    colour: str | None = None" in run.out
    assert sdkwright.tree("first") == before


def test_check_notices_an_edit_even_when_the_inputs_are_known(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    sdkwright("regenerate")
    sdkwright("regenerate", "--check")
    lamp = sdkwright.root / "generated/first/src/lighthouse/types/lamp.py"
    lamp.write_text(lamp.read_text("utf-8").replace("lit: bool", "lit: int"), "utf-8")
    run = sdkwright("regenerate", "--check")
    assert run.code == 1
    assert "lit: int" in run.out


def test_check_notices_a_deleted_file(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    sdkwright("regenerate")
    (sdkwright.root / "generated/first/api.md").unlink()
    assert sdkwright("regenerate", "--check").code == 1


def test_a_broken_document_fails_alone_and_leaves_its_package_as_it_was(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    sdkwright.spec("second")
    sdkwright("regenerate")
    before = sdkwright.tree("first")
    sdkwright.spec("first", DOCUMENT + "paths: {}\n")
    sdkwright.spec("second", CHANGED)
    run = sdkwright("regenerate")
    assert run.code == 1
    assert "source/duplicate-key" in run.err
    assert sdkwright.tree("first") == before
    assert b"colour" in sdkwright.tree("second")["src/lighthouse/types/lamp.py"]


def test_adding_a_schema_that_nothing_uses_changes_nothing(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    sdkwright("regenerate")
    before = sdkwright.tree("first")
    sdkwright.spec("first", ADDED)
    sdkwright("regenerate")
    assert sdkwright.tree("first") == before


def test_adding_a_property_changes_only_the_module_of_its_schema(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    sdkwright("regenerate")
    before = sdkwright.tree("first")
    sdkwright.spec("first", CHANGED)
    sdkwright("regenerate")
    after = sdkwright.tree("first")
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert changed == {"src/lighthouse/types/lamp.py", ".sdkwright.json"}


def test_the_output_does_not_depend_on_hash_seed_locale_time_zone_or_directory(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    trees = []
    for number, (locale, zone) in enumerate([("C", "UTC"), ("de_DE.UTF-8", "Asia/Tokyo"), ("tr_TR.UTF-8", "")]):
        sdkwright("regenerate", "--force", PYTHONHASHSEED=str(number), LC_ALL=locale, TZ=zone)
        trees.append(sdkwright.tree("first"))
        for path in (sdkwright.root / "generated").rglob("*.py"):
            path.unlink()
    assert trees[0] == trees[1] == trees[2]
    assert len(trees[0]) > 30


def test_files_of_the_user_survive_and_stale_ones_of_ours_go(sdkwright: Workspace) -> None:
    sdkwright.spec("first")
    sdkwright("regenerate")
    target = sdkwright.root / "generated/first"
    own = [target / "src/lighthouse/lib/extra.py", target / "examples/one.py", target / "tests/custom/test_own.py"]
    for path in own:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine = 1\n", "utf-8")
    sdkwright.spec("first", DOCUMENT.replace("Lamp'", "Light'").replace("    Lamp:", "    Light:"))
    assert sdkwright("regenerate").code == 0
    assert all(path.read_text("utf-8") == "mine = 1\n" for path in own)
    assert not (target / "src/lighthouse/types/lamp.py").exists()
    assert (target / "src/lighthouse/types/light.py").is_file()
