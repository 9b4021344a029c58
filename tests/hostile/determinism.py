"""The same input gives the same bytes, whatever stands around the run: `python -m tests.hostile determinism`.

Each trial is a command line of its own, since hash seeds, locales and homes are read when a process starts. All
trials must write files with one digest, that of the document as it is.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from hostile.fields import DOCUMENTS

SEEDS = tuple(str(number * number * 7919 % 4_294_967_295) for number in range(1, 11))
# Without its data a locale is that of C, which is ASCII as long as Python is kept from bending it to UTF-8.
LOCALES = ("C", "C.UTF-8", "tr_TR.UTF-8", "ja_JP.eucJP")
ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns")


@dataclass(frozen=True, slots=True)
class Trial:
    """One way to run: variables around it, what is done to the document's text, and whether its home is closed."""

    name: str
    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    text: Callable[[str], bytes] = str.encode
    closed: bool = False


TRIALS = (
    Trial("as it is"),
    *(Trial(f"hash seed {seed}", {"PYTHONHASHSEED": seed}) for seed in SEEDS),
    *(
        Trial(f"locale {name}", {"LC_ALL": name, "LANG": name, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
        for name in LOCALES
    ),
    *(Trial(f"time zone {name}", {"TZ": name}) for name in ZONES),
    Trial("CRLF", text=lambda text: text.replace("\n", "\r\n").encode()),
    Trial("BOM", text=lambda text: codecs.BOM_UTF8 + text.encode()),
    Trial("BOM and CRLF", text=lambda text: codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode()),
    Trial("UTF-16", text=lambda text: text.encode("utf-16")),
    Trial("read-only home", closed=True),
    *(Trial(f"shuffled keys {seed}", text=lambda text, seed=seed: shuffled(text, seed)) for seed in (1, 2)),
)


@dataclass(slots=True)
class Digests:
    """What each trial gave; a trial that failed has what it said."""

    found: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def failures(self) -> list[str]:
        """The trials that differ from the first."""
        first = next(iter(self.found.values()))
        return [f"{name}: {digest}" for name, digest in self.found.items() if digest != first]

    @property
    def text(self) -> str:
        """The figures as lines."""
        first = next(iter(self.found.values()))
        return "\n".join(
            (f"{len(self.found)} trials, {len(set(self.found.values()))} digests: {first}", *self.failures)
        )


def run(trials: Sequence[Trial] = TRIALS, say: Callable[[str], None] = lambda text: None) -> Digests:
    """Generate the document of all fields in each of these ways."""
    digests = Digests()
    text = (DOCUMENTS / "openapi.yaml").read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="sdkwright-determinism-") as name:
        Path(name).chmod(0o755)
        for number, trial in enumerate(trials):
            directory = Path(name, f"trial{number}")
            digests.found[trial.name] = _digest(trial, directory, text)
            say(f"{trial.name:24} {digests.found[trial.name]}")
    return digests


def shuffled(text: str, seed: int) -> bytes:
    """The document with the keys of all its objects in another order."""
    dice = random.Random(seed)

    def shuffle(node: Any) -> Any:
        if isinstance(node, dict):
            keys = list(node)
            dice.shuffle(keys)
            return {key: shuffle(node[key]) for key in keys}
        return [shuffle(item) for item in node] if isinstance(node, list) else node

    return yaml.safe_dump(shuffle(yaml.safe_load(text)), sort_keys=False, allow_unicode=True).encode()


def _digest(trial: Trial, directory: Path, text: str) -> str:
    """Run the command line in a directory of its own; the digest of what it wrote, or what it said."""
    for name in ("home", "work"):
        (directory / name).mkdir(parents=True)
    (directory / "openapi.yaml").write_bytes(trial.text(text))
    path = os.pathsep.join(entry for entry in sys.path if entry)
    places = {"HOME": str(directory / "home"), "PATH": os.environ.get("PATH", ""), "PYTHONPATH": path}
    with _closed(directory / "home", wanted=trial.closed):
        done = subprocess.run(
            [sys.executable, "-m", "sdkwright", "generate", "openapi.yaml", "-o", "work/out", "--no-verify-import"],
            cwd=directory, env={**places, **trial.variables}, stdin=subprocess.DEVNULL, capture_output=True,
            check=False, timeout=300,
        )  # fmt: skip
    if done.returncode:
        return f"ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-300:]}"
    return _tree(directory / "work" / "out")


@contextmanager
def _closed(home: Path, *, wanted: bool) -> Iterator[None]:
    """A home in which nothing can be made: a file stands in the way of its directory, for root too."""
    if wanted:
        (home / ".cache").write_text("", "utf-8")
        home.chmod(0o555)
    yield
    home.chmod(0o755)


def _tree(root: Path) -> str:
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    digests = {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in sorted(files)}
    return hashlib.sha256(json.dumps(digests).encode()).hexdigest()
