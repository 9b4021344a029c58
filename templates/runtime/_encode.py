"""From the body of a call to the bytes that are sent: JSON, a form, multipart, or what the caller gives as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ._body import BytesBody, RequestBody, content_body
from ._multipart import MultipartBody
from ._options import FinalRequestOptions
from ._params import Styled, json_text, plain
from ._qs import ArrayFormat, Querystring
from ._types import Body, NotGiven, Omit
from ._utils._checks import is_dict, is_mapping
from ._utils._path import primitive
from ._wire import dump_json, jsonable

__all__ = ["FormStyle", "encode_body"]


@dataclass(frozen=True, slots=True)
class FormStyle:
    """How forms write lists and objects: the array formats of `Querystring`; objects as JSON text or as `a[b]`."""

    array: ArrayFormat = "repeat"
    nested: Literal["json", "brackets"] = "json"


def encode_body(options: FinalRequestOptions, form: FormStyle) -> RequestBody | None:
    """The body of the call in its content type, None when it has none."""
    if options.content is not None:
        body = content_body(options.content)
        body.content_type = options.content_type
        return body
    value = _with_extra(options.body, options.extra_json)
    # Files can go nowhere but into a form; who calls a verb by hand need not say so.
    kind = (options.content_type or ("multipart/form-data" if options.files else "application/json")).lower()
    if kind.startswith("multipart/"):
        return MultipartBody(_form_items(value, form, multipart=True), options.files or ())
    if isinstance(value, (NotGiven, Omit)):
        return None
    if kind.startswith("application/x-www-form-urlencoded"):
        pairs = _form_items(value, form, multipart=False)
        return BytesBody(_urlencode(pairs), "application/x-www-form-urlencoded")
    return BytesBody(dump_json(value), options.content_type or "application/json")


def _with_extra(body: Body, extra: Body) -> Body:
    if isinstance(extra, NotGiven):
        return body
    base = jsonable(body)
    if is_dict(base) and is_mapping(extra):
        return {**base, **extra}
    return extra


def _form_items(value: object, form: FormStyle, *, multipart: bool) -> list[tuple[str, str | bytes]]:
    """The text fields of a form. Objects are JSON in multipart (OpenAPI 3.1, 4.8.15.1) unless told otherwise."""
    items: list[tuple[str, str | bytes]] = []
    qs = Querystring(array_format=form.array, nested_format="brackets")
    fields = value if is_mapping(value) else plain(value)
    for name, item in fields.items() if is_mapping(fields) else ():
        if isinstance(item, (Omit, NotGiven)):
            continue
        if isinstance(item, bytes):
            items.append((name, item))
        elif isinstance(item, Styled):
            items += qs.stringify_items({name: item})
        elif multipart and form.nested == "json" and isinstance(plain(item), dict):
            items.append((name, json_text(item)))
        elif item is None:
            items.append((name, primitive(None)))
        else:
            items += qs.stringify_items({name: item})
    return items


def _urlencode(pairs: list[tuple[str, str | bytes]]) -> bytes:
    from urllib.parse import urlencode

    return urlencode(pairs).encode()
