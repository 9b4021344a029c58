"""The whole of what CI runs a slice of, with its figures: `python -m tests.hostile PART`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "tests")]

from hostile import beside, canary, determinism, explode, mutants, references, risks  # noqa: E402  (found on the path that is set above)
from hostile.bombs import BOMBS  # noqa: E402
from hostile.crash import whole  # noqa: E402
from hostile.fields import template  # noqa: E402
from hostile.payloads import PAYLOADS  # noqa: E402
from hostile.trial import Bench  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one part or all, print its figures, and return 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("part", choices=(*_PARTS, "all"))
    parser.add_argument("names", nargs="*", help="payloads, bombs, parts of crash; all by default")
    parser.add_argument(
        "--all", action="store_true", help="structural fields with every payload; every change of a whole run"
    )
    parser.add_argument("--count", type=int, default=10_000, help="mutants")
    parser.add_argument("--seed", type=int, default=1, help="of the mutants, and of random moments")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="a folder of documents to mutate")
    parser.add_argument("--largest", type=int, default=300_000, help="bytes of the largest document to mutate")
    parser.add_argument("--keep", type=Path, help="a directory to work in, which stays")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="sdkwright-hostile-") as temporary:
        directory = options.keep or Path(temporary)
        Path(temporary).chmod(0o755)  # some trials go on as another user
        parts = tuple(_PARTS) if options.part == "all" else (options.part,)
        return max(_PARTS[part](options, directory / part) for part in parts)


def _canary(options: argparse.Namespace, directory: Path) -> int:
    bench = Bench(directory)
    run = canary.Canary(bench, every=1 if options.all else canary.Canary.every)
    chosen = options.names or list(PAYLOADS)
    fields = sum(len(template(name).words) for name in canary.TEMPLATES)
    structural = sum(len(template(name).structural) for name in canary.TEMPLATES)
    print(f"{fields} fields, {structural} structural fields, {len(chosen)} payloads", flush=True)
    run.run(canary.TEMPLATES, chosen, _say)
    beside.run(bench, run.matrix, _say)
    bench.close()
    print(run.matrix.text)
    print(f"{bench.generations} generations, {len(bench.imported)} packages imported")
    return bool(run.matrix.failures)


def _bombs(options: argparse.Namespace, directory: Path) -> int:
    faults = 0
    names = options.names or list(BOMBS)
    for explosion in explode.explode(names):
        faults += bool(explosion.fault)
        _say(explosion.line)
    print(f"{len(names)} bombs, {faults} faults; budget {explode.SECONDS:g} s and {explode.MEMORY >> 20} MiB each")
    return bool(faults)


def _mutants(options: argparse.Namespace, directory: Path) -> int:
    bench = Bench(directory)
    run = mutants.Mutants(bench, options.seed)
    sources = mutants.documents((mutants.SPECS, *options.corpus), options.largest)
    print(f"{len(sources)} documents, {options.count} mutants", flush=True)
    run.run(sources, options.count, _say)
    bench.close()
    print(run.text)
    return bool(run.failures)


def _crash(options: argparse.Namespace, directory: Path) -> int:
    rows = whole.run(directory, _say, names=options.names, all_=options.all, seed=options.seed)
    print(whole.summary(rows))
    return any(row.failures for row in rows)


def _references(options: argparse.Namespace, directory: Path) -> int:
    found = references.run()
    print(found.text)
    return bool(found.failures)


def _determinism(options: argparse.Namespace, directory: Path) -> int:
    found = determinism.run(say=_say)
    print(found.text)
    return bool(found.failures)


def _security(options: argparse.Namespace, directory: Path) -> int:
    risks.PAGE.write_text(risks.page(), "utf-8")
    print(f"{len(risks.RISKS)} rules in {risks.PAGE.name}")
    return 0


def _say(text: str) -> None:
    print(text, flush=True)


_PARTS = {
    "canary": _canary,
    "bombs": _bombs,
    "mutants": _mutants,
    "crash": _crash,
    "determinism": _determinism,
    "references": _references,
    "security": _security,
}

if __name__ == "__main__":
    sys.exit(main())
