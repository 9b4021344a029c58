"""Stage 4: Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 become one canonical shape, that of OpenAPI 3.1.

What a later stage may rely on, for every document:

* `openapi` is "3.1.1", `info.title` and `info.version` are text, `paths` is an object with keys that start
  with "/".
* Every place that the grammar (`bundle.grammar`) names holds what it says: objects, arrays of objects, texts.
* A schema is an object: `true` is `{}`, `false` is `{"not": {}}`, also under `additionalProperties`.
* `nullable` is gone: the type is an array with "null", or `anyOf` has `{"type": "null"}`. `type` is a known
  name or an array of at least two. `exclusiveMinimum` and `exclusiveMaximum` are numbers. Tuples are
  `prefixItems`.
* `example` is gone: in a schema `examples` is an array, elsewhere a map, in which a lone example is
  `default`.
* Raw bytes are `{"type": "string", "format": "binary"}`.
* A `discriminator` is an object with `propertyName`; the components that it tells apart list the values that they are
  known by, where the document allows that. Under `components/bases` are components without these values, for `allOf`.
* Statuses are three digits, `4XX` or `default`.
* Of 3.2: `itemSchema`, `in: querystring`, `style: cookie`, the `deviceAuthorization` flow and tags with
  `parent`, `kind` and `summary` stay as they are; every method beyond the eight of 3.1, also `query`, stands
  in the path item's `additionalOperations` under its name as sent (`QUERY`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from sdkwright.bundle import Bundle
from sdkwright.bundle.grammar import members
from sdkwright.diagnostics import Location
from sdkwright.limits import Limits
from sdkwright.upgrade import swagger2
from sdkwright.upgrade.conform import conform
from sdkwright.upgrade.context import Context
from sdkwright.upgrade.discriminators import make_explicit
from sdkwright.upgrade.objects import OBJECTS

if TYPE_CHECKING:
    from sdkwright.bundle.grammar import Where
    from sdkwright.diagnostics import Diagnostics

__all__ = ["upgrade"]

CANONICAL = "3.1.1"
_VERSION = re.compile(r"(\d+)(?:\.(\d+))?(?:\.\d+)*(?:[-+].*)?")
_NEWEST_MINOR = 2


def upgrade(bundle: Bundle, diagnostics: Diagnostics, limits: Limits | None = None) -> Bundle:
    """The bundle in canonical shape. Its document is changed in place.

    What has to be guessed or is lost is a warning. Raises `Refusal` for a version before 2.0 or after 3.x.
    """
    limits = limits or Limits()
    document, origins = bundle.document, bundle.origins
    major, minor = _version(document, diagnostics, origins.file)
    if major == 2:
        context = Context(origins, diagnostics, limits, 0)
        swagger2.convert(document, context)
        origins = origins.moved(context.moves)
    context = Context(origins, diagnostics, limits, minor)
    _canonise(document, context)
    make_explicit(document, context)
    document.pop("swagger", None)
    document["openapi"] = CANONICAL
    return Bundle(document, origins.moved(context.moves))


def _canonise(document: dict[str, object], context: Context) -> None:
    """One walk from the root: each object's own rule first, then the shape of what it holds."""
    stack: list[tuple[dict[str, object] | list[object], str, Where | None]] = [(document, "document", None)]
    while stack:
        node, kind, where = stack.pop()
        if isinstance(node, dict) and (rule := OBJECTS.get(kind)):
            rule(node, where, context)
        conform(node, kind, where, context)
        stack.extend(reversed(list(members(node, kind, where))))


def _version(document: dict[str, object], diagnostics: Diagnostics, file: str) -> tuple[int, int]:
    key = "openapi" if "openapi" in document else "swagger"
    written = str(document.get(key, ""))
    match = _VERSION.fullmatch(written.strip())
    major, minor = (int(cast("str", match[1])[:6]), int((match[2] or "0")[:6])) if match else (0, 0)
    location = Location(file, f"/{key}")
    if major not in {2, 3}:
        raise diagnostics.refuse(
            "document/version",
            f"OpenAPI version {written!r} is not supported",
            location,
            "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are",
        )
    if major == 3 and minor > _NEWEST_MINOR:
        diagnostics.warning(
            "document/version",
            f"OpenAPI {written} is newer than this tool; it is read as 3.2",
            location,
            "look for a newer release of the tool",
        )
    return major, 0 if major == 2 else min(minor, _NEWEST_MINOR)
