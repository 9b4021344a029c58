"""The options of one request, from what a method was given to what is put on the wire."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ._body import BodyStream, BytesBody, MultipartBody, RequestBody, content_body
from ._constants import MAX_REDIRECTS, TELEMETRY_PREFIX
from ._headers import HeaderSet, header_text
from ._http import httpx
from ._params import Styled, json_text, plain
from ._qs import ArrayFormat, Querystring
from ._redact import SECRETS_EXTENSION, Secrets
from ._types import (
    Body,
    Content,
    Headers,
    NotGiven,
    Omit,
    PostParser,
    Query,
    RequestFiles,
    RequestOptions,
    Security,
    Timeout,
    not_given,
)
from ._utils._checks import is_dict, is_mapping
from ._utils._path import primitive
from ._wire import dump_json, jsonable

__all__ = [
    "Attempt",
    "FinalRequestOptions",
    "FormStyle",
    "Hops",
    "PreparedRequest",
    "RawMark",
    "encode_body",
    "make_request_options",
]


_NOTHING = httpx.ByteStream(b"")
# Whose lack of a body is said by `Content-Length: 0` (RFC 9110, section 8.6).
_BODY_EXPECTED = frozenset({"POST", "PUT", "PATCH"})
_ATTEMPT = "sdk_attempt"
"""Where a request of the HTTP library keeps what the client knows of it."""


class RawMark(str):
    """`raw` or `stream`: the response that `with_raw_response` or `with_streaming_response` wants, and its class."""

    response_cls: Any

    def __new__(cls, mode: Literal["raw", "stream"], response_cls: Any = None) -> RawMark:
        self = super().__new__(cls, mode)
        self.response_cls = response_cls
        return self


@dataclass(frozen=True, slots=True)
class FormStyle:
    """How forms write lists and objects: the array formats of `Querystring`; objects as JSON text or as `a[b]`."""

    array: ArrayFormat = "repeat"
    nested: Literal["json", "brackets"] = "json"


@dataclass(slots=True)
class FinalRequestOptions:
    """Everything about one call: see `RequestOptions` for what has the same name there.

    `url` is a path below the base URL, or a whole URL. A body is `body` (JSON or the fields of a form) with `files`,
    or `content` as it is. `raw` is set by the response wrappers, `page_model` and `page_of` by lists: the type of
    their items, and the page that this one follows.
    """

    method: str
    url: str
    params: Query = field(default_factory=dict[str, object])
    headers: Headers = field(default_factory=dict[str, "str | Omit"])
    cookies: Mapping[str, object] = field(default_factory=dict[str, object])
    body: Body = not_given
    extra_json: Body = not_given
    files: RequestFiles | None = None
    content: Content | None = None
    content_type: str | None = None
    timeout: float | Timeout | NotGiven | None = not_given
    max_retries: int | NotGiven = not_given
    idempotency_key: str | None = None
    security: Security | None = None
    errors: Mapping[str, Any] | None = None
    post_parser: PostParser | None = None
    follow_redirects: bool = True
    raw: RawMark | None = None
    page_model: Any = None
    page_of: Any = None

    @classmethod
    def of(
        cls,
        method: str,
        url: str,
        options: RequestOptions,
        *,
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
    ) -> FinalRequestOptions:
        """The call of a method with its options."""
        return cls(method=method, url=url, body=body, files=files, content=content, **options)

    def copy(self, **changes: Any) -> FinalRequestOptions:
        """The same call with some things changed."""
        return dataclasses.replace(self, **changes)


def make_request_options(
    *,
    query: Query | None = None,
    headers: Mapping[str, object] | None = None,
    cookies: Mapping[str, object] | None = None,
    extra_headers: Headers | None = None,
    extra_query: Query | None = None,
    extra_body: Body | None = None,
    idempotency_key: str | None = None,
    timeout: float | Timeout | NotGiven | None = not_given,
    max_retries: int | NotGiven = not_given,
    content_type: str | None = None,
    security: Security | None = None,
    errors: Mapping[str, Any] | None = None,
    post_parser: PostParser | None = None,
) -> RequestOptions:
    """The options of one call: what the operation says, overridden by what the caller passed as `extra_*`."""
    options: RequestOptions = {}
    if query is not None or extra_query is not None:
        options["params"] = {**(query or {}), **(extra_query or {})}
    if headers is not None or extra_headers is not None:
        options["headers"] = _merge_headers(headers or {}, extra_headers or {})
    if cookies is not None:
        options["cookies"] = cookies
    if extra_body is not None:
        options["extra_json"] = extra_body
    if idempotency_key is not None:
        options["idempotency_key"] = idempotency_key
    if not isinstance(timeout, NotGiven):
        options["timeout"] = timeout
    if not isinstance(max_retries, NotGiven):
        options["max_retries"] = max_retries
    if content_type is not None:
        options["content_type"] = content_type
    if security is not None:
        options["security"] = security
    if errors is not None:
        options["errors"] = errors
    if post_parser is not None:
        options["post_parser"] = post_parser
    return options


def _merge_headers(headers: Mapping[str, object], extra: Headers) -> Headers:
    merged: dict[str, str | Omit] = {}
    overridden = {name.lower() for name in extra}
    for name, value in headers.items():
        text = header_text(value) if name.lower() not in overridden else None
        if text is not None:
            merged[name] = text
    return {**merged, **extra}


def encode_body(options: FinalRequestOptions, form: FormStyle) -> RequestBody | None:
    """The body of the call in its content type, None when it has none."""
    if options.content is not None:
        body = content_body(options.content)
        body.content_type = options.content_type
        return body
    value = _with_extra(options.body, options.extra_json)
    kind = (options.content_type or "application/json").lower()
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


@dataclass(slots=True)
class Hops:
    """How many redirects one call may still follow, all attempts together."""

    left: int = MAX_REDIRECTS


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a middleware can know of an attempt beside its request, by `Attempt.of(request)`.

    `template` is the path with placeholders, such as `/items/{id}`; None after a redirect and for a whole URL.
    `retries_taken` counts the attempts before this one. `foreign` says that it goes to another origin than the
    client's, and must not tell anything about the caller.
    """

    template: str | None = None
    retries_taken: int = 0
    foreign: bool = False

    @classmethod
    def of(cls, request: httpx.Request) -> Attempt:
        """What the client noted on the request."""
        found: object = request.extensions.get(_ATTEMPT)
        return found if isinstance(found, Attempt) else cls()


@dataclass(slots=True)
class PreparedRequest:
    """A request that can be built anew for each attempt and each redirect.

    `timeout` is in seconds for each step of the HTTP library. `foreign` marks a request to another origin than the
    client's own, which carries no credentials. `template` is the path before its placeholders were filled.
    """

    method: str
    url: httpx.URL
    headers: HeaderSet
    body: RequestBody | None
    timeout: Timeout
    secrets: Secrets
    cookies: httpx.Cookies | None = None
    foreign: bool = False
    template: str | None = None
    hops: Hops = field(default_factory=Hops)

    def build(self, retries_taken: int = 0, timeout: Timeout | None = None) -> httpx.Request:
        """A fresh request of the HTTP library. `timeout`, in place of the own one, is what a deadline leaves of it."""
        headers = self.headers
        items = headers.items()
        if TELEMETRY_PREFIX is not None and f"{TELEMETRY_PREFIX}-Retry-Count" not in headers:
            items.append((f"{TELEMETRY_PREFIX}-Retry-Count", str(retries_taken)))
        extensions = {
            "timeout": (timeout or self.timeout).as_dict(),
            SECRETS_EXTENSION: self.secrets,
            _ATTEMPT: Attempt(self.template, retries_taken, self.foreign),
        }
        # Given a stream, the HTTP library adds no headers of its own, which takes it as long as all that is done here.
        if "host" not in headers:
            items.insert(0, ("Host", self.url.netloc.decode("ascii")))
        body = self.body
        stream: httpx.ByteStream | BodyStream = _NOTHING
        if body is not None:
            length = body.size
            items.append(("Content-Length", str(length)) if length is not None else ("Transfer-Encoding", "chunked"))
            stream = httpx.ByteStream(body.content) if isinstance(body, BytesBody) else BodyStream(body)
        elif self.method in _BODY_EXPECTED:
            items.append(("Content-Length", "0"))
        request = httpx.Request(self.method, self.url, headers=items, stream=stream, extensions=extensions)
        if body is None or isinstance(body, BytesBody):
            request.read()  # so that a middleware finds the body in `request.content`
        if self.cookies is not None and "cookie" not in headers:
            self.cookies.set_cookie_header(request)
        return request

    @property
    def replayable(self) -> bool:
        """Whether another attempt would send the same bytes, or none were read yet."""
        return self.body is None or self.body.replayable or not self.body.started
