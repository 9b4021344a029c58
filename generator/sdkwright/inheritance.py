"""An inherited config as an `sdk.yaml`, and what its package does otherwise than the one that users have today."""

from __future__ import annotations

from collections.abc import Iterable

from sdkwright.config.dialect import sign
from sdkwright.diagnostics import Diagnostic

EDITION = "edition: inherited # the package keeps the surface of the published one\n"

DIFFERENCES = (
    "Python 3.11 or newer and pydantic 2. Older ones stay with the versions that are published.",
    "HTTP goes through httpx, as before. `http_library: httpx2` changes to its maintained continuation.",
    "A member of a union that the document does not know is an `UnknownVariant`, no longer another member's class.",
    "A response that does not fit is still returned, with `_response_problems` that say where.",
    "Path values are encoded, a retried upload is sent whole, and errors and logs show no credentials.",
    "Hand-written code stays where it is under `lib/`. What was edited into generated files has to move there.",
    "Releases are yours: nothing is published, and no workflow of the hosted service is written.",
)
"""What every such package does otherwise (docs/migrate.md)."""

_TOLD = ("config/no-effect", "config/unknown-key")


def inherited_config(data: object, text: str) -> str:
    """The text of the `sdk.yaml`: the config as it was, with an `edition` where only its name told what it is."""
    if sign(data, "sdk.yaml", text) is not None:
        return text
    first, separator, rest = text.partition("\n")
    return f"{first}{separator}{EDITION}{rest}" if first.rstrip() == "---" else EDITION + text


def differences(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """What differs: what always does, and what this config asks for that has no effect, with its line."""
    asked = (f"Line {each.line}: {each.message}." for each in diagnostics if each.code in _TOLD)
    return (*DIFFERENCES, *dict.fromkeys(asked))
