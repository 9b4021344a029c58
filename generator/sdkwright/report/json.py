"""The machine-readable report of a run (`--report FILE`)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sdkwright.report import located

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sdkwright.diagnostics import Diagnostic
    from sdkwright.source import SourceText


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    `operations` counts the input's, `excluded` what a config left out on purpose, `webhooks` stand apart from
    `operations`. `seconds` is wall time by stage.
    """

    spec: str
    package: str
    operations: int = 0
    generated: int = 0
    skipped: int = 0
    excluded: int = 0
    webhooks: int = 0
    models: int = 0
    files: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict[str, float])


def render(summary: Summary, diagnostics: Iterable[Diagnostic], texts: Mapping[str, SourceText]) -> str:
    """The report as indented JSON in ASCII, with a final line break."""
    content = {
        "spec": summary.spec,
        "package": summary.package,
        "operations": {
            "total": summary.operations,
            "generated": summary.generated,
            "skipped": summary.skipped,
            "excluded": summary.excluded,
        },
        "webhooks": summary.webhooks,
        "models": summary.models,
        "files": summary.files,
        "diagnostics": [as_dict(item) for item in located(diagnostics, texts)],
        "seconds": {stage: round(spent, 4) for stage, spent in summary.seconds.items()},
    }
    return json.dumps(content, indent=2) + "\n"


def as_dict(item: Diagnostic) -> dict[str, str | int]:
    """One diagnostic as it stands in the report; line and column are 0 when they are not known."""
    return {
        "code": item.code,
        "severity": str(item.severity),
        "message": item.message,
        "file": item.location.file,
        "line": item.line,
        "column": item.column,
        "pointer": item.location.pointer,
        "hint": item.hint,
    }
