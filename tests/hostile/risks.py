"""Every risk, what carries it, what stops it and which tests show that: the source of `SECURITY.md`.

`python -m tests.hostile security` writes the page; a test says that it is current and that pytest finds each test.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "SECURITY.md"


@dataclass(frozen=True, slots=True)
class Risk:
    """One rule. `tests` are files below `tests/`, or tests of them (`file.py::test`); all of a file count."""

    rule: str
    risk: str
    carrier: str
    control: str
    tests: tuple[str, ...]


RISKS = (
    Risk("N1", "Python reads a file as something else than it looks", "titles, descriptions, file names",
         "the first two lines of every file are constant; nothing of the input stands in a comment of the header",
         ("unit/render/test_hostile.py::test_every_module_starts_with_the_two_constant_lines_that_are_verified",
          "unit/test_verify.py::test_a_module_that_python_would_not_read_as_utf8_is_reported",
          "hostile/test_trees.py")),
    Risk("N2", "a document chooses types, imports or base classes of the client", "extension keys of other tools",
         "only documented `x-` keys are read; no other reaches a later stage",
         ("hostile/test_rules.py::test_keys_that_other_tools_turn_into_types_imports_and_factories_have_no_effect",)),
    Risk("N3", "text that shows something else than it is", "NUL, surrogates, control and bidirectional characters",
         "refused with their place; in free text written as escapes",
         ("unit/front/test_source.py::test_such_a_character_is_refused_anywhere_else", "hostile/test_canary.py")),
    Risk("N4", "names that are code, collide or hide others", "property, schema and operation names, the config",
         "names are made from words (NFKC), checked, unique after casefold; explicit ones that are bad are refused",
         ("unit/name/test_fields.py", "unit/name/test_collisions.py", "unit/write/test_paths.py",
          "unit/config/test_config.py::test_a_name_that_python_would_not_take_is_refused_not_bent",
          "unit/config/test_config.py::test_a_package_name_that_cannot_be_imported_or_hides_another_is_refused")),
    Risk("N5", "text of a document runs as code", "every text of a document",
         "one function for each kind of place; the templates take nothing else (`StrictUndefined`, `finalize`)",
         ("unit/render/test_text.py", "unit/render/test_environment.py", "unit/render/test_hostile.py",
          "hostile/test_canary.py", "hostile/test_oracles.py")),
    Risk("N6", "a pattern hangs the tool or breaks the import", "`pattern`",
         "patterns are neither compiled nor written: the server validates",
         ("hostile/test_rules.py::test_a_pattern_is_neither_compiled_nor_written",)),
    Risk("N7", "the tool fetches addresses or reads files for a stranger", "`$ref`, links, symbolic links",
         "no network at all; regular files below the document's directory or `--root`, by their real path",
         ("hostile/test_references.py",
          "unit/front/test_bundle.py::test_references_outside_the_directory_are_errors_and_read_nothing")),
    Risk("N8", "numbers that no literal can hold, or that take for ever to read", "numbers",
         "finite, at most 400 digits, refused where they stand",
         ("hostile/test_rules.py::test_a_number_that_is_not_finite_or_too_long_is_refused_where_it_stands",)),
    Risk("N9", "a response is read as another class than it is", "`discriminator`",
         "a discriminator counts only if each branch has it; else a plain union, with a warning",
         ("unit/lower/test_discriminators.py",)),
    Risk("N10", "two tools read one document differently", "duplicate keys",
         "an error that names both lines",
         ("unit/front/test_source.py::test_duplicate_keys_are_errors_that_name_both_lines",)),
    Risk("N11", "a document uses up time or memory", "aliases, rings, chains, products, sizes",
         "a budget for each, coded and located errors, each adjustable (`--limit`)",
         ("hostile/test_bombs.py", "unit/test_guard.py", "hostile/test_mutants.py")),
    Risk("N12", "a package that does not work, or does something, when it is imported", "everything together",
         "compiled, then imported in a child process before it is published; a failure changes nothing on the disk",
         ("unit/test_verify.py", "hostile/test_trees.py",
          "golden/test_golden.py::test_importing_a_package_writes_sends_and_starts_nothing")),
    Risk("W", "a half-written package, or a lost file of the user", "kills, full disks, signals, two writers",
         "built beside the target, checked, swapped in one step; journal and lock; a manifest of what is ours",
         ("unit/write/test_publish.py", "unit/write/test_kill.py", "unit/write/test_lock.py", "hostile/test_crash.py",
          "unit/test_scratch.py", "unit/test_cache.py")),
    Risk("R1", "a value leaves its place in a request", "arguments of calls",
         "dot segments are refused, the rest is encoded; headers and cookies are checked before anything is sent",
         ("features/test_rules_r1.py",)),
    Risk("R2", "a credential reaches another origin, a log or a traceback", "redirects, next pages, errors, pickle",
         "credentials stay on their origin; at most five redirects; every representation is masked",
         ("features/test_rules_r2.py",)),
    Risk("R3", "a server uses up the client's time or memory", "`Retry-After`, compressed and endless bodies",
         "60 s, 100 MiB decoded, bounded lines and events, a total deadline",
         ("features/test_rules_r3.py",)),
    Risk("R4", "cancelled calls use up the connection pool", "cancellation", "every way out closes its response",
         ("features/test_rules_r4.py",)),
    Risk("R5", "a response makes the client raise what nobody expects", "bodies that cannot be decoded",
         "one typed error with its cause and without the body's text", ("features/test_rules_r5.py",)),
    Risk("R6", "a stream of events takes quadratic time or is misread", "server-sent events",
         "linear in length and number of lines; bad UTF-8 is a typed error", ("features/test_rules_r6.py",)),
    Risk("R7", "two tenants share what belongs to one", "`with_options`, cookies, tokens, threads",
         "copies share connections and nothing else", ("features/test_rules_r7.py",)),
)  # fmt: skip

_INTRODUCTION = """\
# Security

What sdkwright reads may come from anyone, and what it writes runs on other people's machines. It promises:

- No document, config or overlay makes it run code, reach the network, or read or write a file that is none of its own.
- A run ends, within its budgets, with a good package or with errors that say what is wrong and where.
- The directory that it writes holds the old package or the new one, whatever happens; your own files stay as they are.
- The same input gives the same bytes, on every machine.
- A generated client keeps credentials on their origin and out of everything that people print, log or store.

There is no option that reads a reference over the network; a document that needs other files has them beside it.
`--no-verify-import` skips the import of the finished package, and nothing else of what follows.

Where directories cannot be exchanged in one step (docs/decisions/0002-atomic-write.md says when), a `kill -9` can leave
a mixture of the two packages until the next run, which completes it.

## Reporting

Please report a vulnerability through the private form of the repository (*Security*, *Report a vulnerability*), not in
an issue. Say what you ran and what came of it; the document or the response that shows it helps most.

The newest release is the one that gets corrections. A package that was generated before is corrected by generating it
again.

## What can go wrong, and what stops it

| Rule | Risk | Carrier | Control | Tests |
|---|---|---|---|---|
"""
_END = """
This page is made of `tests/hostile/risks.py`: `python -m tests.hostile security` writes it.

## The whole of it

The tests run a slice of each proof. `python -m tests.hostile PART` runs the whole and prints its figures:
`canary` (every payload in every field), `bombs`, `mutants`, `crash` (every change on the disk, random moments, several
writers), `determinism` and `references`.
"""


def page() -> str:
    """The text of `SECURITY.md`."""
    return _INTRODUCTION + "".join(f"| {' | '.join(_cells(risk))} |\n" for risk in RISKS) + _END


def _cells(risk: Risk) -> tuple[str, ...]:
    tests = "<br>".join(f"`{test}`" for test in risk.tests)
    return (risk.rule, risk.risk, risk.carrier, risk.control, tests)
