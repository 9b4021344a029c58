"""Stage 0: the config of a package, `sdk.yaml`, in the vocabulary that owners of SDKs already have.

Everything in it is optional, every key of the vocabulary is accepted, and what is wrong is said with its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from sdkwright.config import check
from sdkwright.config.client import (
    ClientOption,
    ClientSettings,
    Credential,
    OptionAuth,
    Provider,
    Retries,
)
from sdkwright.config.dialect import INHERITED, Dialect, sign
from sdkwright.config.project import (
    License,
    Organization,
    PythonTarget,
    QuerySettings,
    Settings,
    Targets,
)
from sdkwright.config.resources import MethodConfig, MethodStreaming, ModelConfig, ResourceConfig
from sdkwright.config.root import Config
from sdkwright.config.wire import (
    EventRule,
    PaginationField,
    PaginationProperty,
    PaginationScheme,
    Streaming,
)
from sdkwright.diagnostics import Diagnostics, Location, Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from sdkwright.limits import Limits
    from sdkwright.source import SourceText

__all__ = [
    "ClientOption",
    "ClientSettings",
    "Config",
    "Credential",
    "Dialect",
    "EventRule",
    "License",
    "MethodConfig",
    "MethodStreaming",
    "ModelConfig",
    "OptionAuth",
    "Organization",
    "PaginationField",
    "PaginationProperty",
    "PaginationScheme",
    "Provider",
    "PythonTarget",
    "QuerySettings",
    "ResourceConfig",
    "Retries",
    "Settings",
    "Streaming",
    "Targets",
    "json_schema",
    "load",
    "parse",
]


def load(path: Path, limits: Limits, diagnostics: Diagnostics, texts: dict[str, SourceText] | None = None) -> Config:
    """Read a config. `texts` collects the file's text for the report, as in `source.read`.

    Raises `Refusal`, after reporting every fault found, for a file that cannot be read or used.
    """
    from sdkwright import source

    name = str(path)
    data, text = source.load(path, name, limits, diagnostics, {} if texts is None else texts)
    return parse(data, text.name, diagnostics, text.text)


def parse(data: object, file: str, diagnostics: Diagnostics, text: str = "") -> Config:
    """The config that plain data holds; `file` is how diagnostics call it. An empty file is an empty config.

    `text` is what the data was read from: its first comment may tell that the config was inherited.
    """
    location = Location(file)
    try:
        config = Config.model_validate({} if data is None else data)
    except ValidationError as error:
        check.report_errors(error, data, location, diagnostics)
        raise Refusal(f"{file} cannot be used as it is") from None
    check.report_keys(config, data, location, diagnostics)
    found = sign(data, file, text)
    if found is None:
        return config.at(file)
    message = f"by {found.what} this config was inherited, so the package keeps the surface of the published one"
    diagnostics.note("config/inherited", message, location.child(*found.steps))
    return config.at(file, INHERITED)


def json_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of the config, for editors."""
    schema = Config.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
