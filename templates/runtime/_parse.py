"""From the bytes of a response to the type that a method promises."""

from __future__ import annotations

import codecs
from types import NoneType
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from ._exceptions import APIResponseValidationError, request_id_of
from ._http import httpx
from ._models import annotate
from ._validators import read_json

__all__ = ["decode_json", "is_json", "parse_content", "parse_json"]


def parse_content(response: httpx.Response, cast_to: Any, *, strict: bool) -> Any:
    """The body of a response that was read, as `cast_to`.

    Raises APIResponseValidationError for a body that cannot be decoded, and with `strict` for one that does not
    match; see `Lenient` for what happens to it otherwise.
    """
    if cast_to is NoneType:
        return None
    if cast_to is bytes:
        return response.content
    if (cast_to is str or cast_to is object) and not is_json(response):
        return _text(response)
    parsed = parse_json(response, response.content, cast_to, strict=strict)
    annotate(parsed, request_id=request_id_of(response.headers))
    return parsed


def parse_json(response: httpx.Response, content: bytes, cast_to: Any, *, strict: bool) -> Any:
    """One JSON document, the body or an event of a stream, as `cast_to`; errors as in `parse_content`."""
    try:
        return read_json(cast_to, content)
    except ValidationError as error:
        summary = _summary(error) if strict else ""
    # Outside the handler, so that no error raised here leads back to one that holds the body.
    return _second_look(response, content, cast_to, summary, strict=strict)


def is_json(response: httpx.Response) -> bool:
    """Whether the content type is JSON, `application/problem+json` and the like included (RFC 6839)."""
    media_type: str = response.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    return media_type.endswith(("/json", "+json"))


def _second_look(response: httpx.Response, content: bytes, cast_to: Any, summary: str, *, strict: bool) -> Any:
    if not content.strip():
        return _nothing(response, cast_to)
    value = decode_json(response, content)
    if strict:
        raise _invalid(response, value, summary)
    from ._lenient import Lenient, is_new_constant

    lenient = Lenient()
    try:
        built = lenient.build(cast_to, value)
    except RecursionError:
        raise _invalid(response, None, "its values are nested too deeply") from None
    is_other = built is value and lenient.problems and lenient.problems[0].path == ()
    if is_other and not is_new_constant(cast_to, value):
        # Nothing of the body is what was promised, a list instead of an object, say.
        raise _invalid(response, value, str(lenient.problems[0]))
    return built


def _nothing(response: httpx.Response, cast_to: Any) -> Any:
    """An empty body: None where the type allows it."""
    try:
        return read_json(cast_to, b"null")
    except ValidationError:
        pass  # raised below, with an error of ours
    raise _invalid(response, None, "the body is empty")


def decode_json(response: httpx.Response, content: bytes) -> object:
    """The JSON value, also behind a byte order mark or in the charset that the response names.

    Raises APIResponseValidationError, without the body's text, for what is not JSON.
    """
    charset = response.charset_encoding
    try:
        if charset and codecs.lookup(charset).name not in {"utf-8", "ascii", "iso8859-1"}:
            content = content.decode(charset).encode()
        return from_json(content.removeprefix(codecs.BOM_UTF8))
    except (ValueError, LookupError) as error:
        # Messages of the parser give a position; only Unicode errors carry the body itself.
        reason = "the text is not valid in its charset" if isinstance(error, UnicodeError) else str(error)
    html = " (it looks like HTML)" if content.lstrip()[:1] == b"<" else ""
    raise _invalid(response, None, f"it is not JSON{html}: {reason}")


def _text(response: httpx.Response) -> str:
    charset = response.charset_encoding or "utf-8"
    try:
        return response.content.decode(charset)
    except (UnicodeDecodeError, LookupError):
        pass  # raised below, away from an error that holds the text
    raise _invalid(response, None, f"its text is not valid {charset[:40]}")


def _summary(error: ValidationError) -> str:
    errors = error.errors(include_input=False, include_url=False, include_context=False)
    lines = [f"{'.'.join(map(str, entry['loc'])) or 'body'}: {entry['msg']}" for entry in errors[:5]]
    more = f" and {len(errors) - 5} more" if len(errors) > 5 else ""
    return "; ".join(lines) + more


def _invalid(response: httpx.Response, body: object, reason: str) -> APIResponseValidationError:
    error = APIResponseValidationError(
        response,
        body,
        message=f"The response of status {response.status_code} does not match: {reason}",
    )
    error.__cause__ = ValueError(reason)
    return error
