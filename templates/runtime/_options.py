"""The options of one call, as a method or the caller of a verb states them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ._headers import header_text
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

__all__ = ["FinalRequestOptions", "RawMark", "make_request_options"]


class RawMark(str):
    """`raw` or `stream`: the response that `with_raw_response` or `with_streaming_response` wants, and its class."""

    response_cls: Any

    def __new__(cls, mode: Literal["raw", "stream"], response_cls: Any = None) -> RawMark:
        self = super().__new__(cls, mode)
        self.response_cls = response_cls
        return self


@dataclass(slots=True)
class FinalRequestOptions:
    """Everything about one call: see `RequestOptions` for what has the same name there.

    `url` is a path below the base URL, or a whole URL. A body is `body` (JSON or the fields of a form) with `files`,
    or `content` as it is. `raw` is set by the response wrappers, `page_model` and `page_of` by lists: the type of
    their items, and the page that this one follows. What can hold a secret is not in its `repr`.
    """

    method: str
    url: str
    params: Query = field(default_factory=dict[str, object], repr=False)
    headers: Headers = field(default_factory=dict[str, "str | Omit"], repr=False)
    cookies: Mapping[str, object] = field(default_factory=dict[str, object], repr=False)
    body: Body = field(default=not_given, repr=False)
    extra_json: Body = field(default=not_given, repr=False)
    files: RequestFiles | None = field(default=None, repr=False)
    content: Content | None = field(default=None, repr=False)
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

    @classmethod
    def construct(cls, _fields_set: set[str] | None = None, **values: Any) -> FinalRequestOptions:
        """The call from keyword arguments, of which those that are `not_given` are left out.

        `json_data` is another name of `body`. `_fields_set` says nothing here.
        """
        given = {name: value for name, value in values.items() if not isinstance(value, NotGiven)}
        return cls(**{"body" if name == "json_data" else name: value for name, value in given.items()})

    def get_max_retries(self, max_retries: int) -> int:
        """How many attempts may follow the first one: what the call says, else `max_retries`, which is the client's."""
        return max_retries if isinstance(self.max_retries, NotGiven) else self.max_retries

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
    """The options of one call: what the operation says, overridden by what the caller passed as `extra_*`.

    `query`, `headers` and `cookies` are the parameters of the operation by their names on the wire; `omit` and None
    are not sent. `extra_body` is merged into a JSON object or the fields of a form, and takes the place of any other
    body. `timeout` is in seconds for each step, None waits for ever; `max_retries` counts the attempts after the
    first; both follow the client unless given. `security` None means the client's default, `()` no credentials.
    """
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
