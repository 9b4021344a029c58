# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""Pages of lists: the generated page classes say where the next page is, these bases fetch it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, cast
from urllib.parse import urljoin

from typing_extensions import override

from ._exceptions import SDKError
from ._http import httpx
from ._models import BaseModel
from ._options import FinalRequestOptions
from ._types import Body, NotGiven, Query, not_given
from ._urls import has_host
from ._utils._checks import is_mapping
from ._utils._path import refuse_dot_segments

if TYPE_CHECKING:
    from ._async_verbs import AsyncVerbs
    from ._sync_verbs import SyncVerbs

__all__ = [
    "AsyncPageT",
    "AsyncPaginator",
    "BaseAsyncPage",
    "BasePage",
    "BaseSyncPage",
    "PageInfo",
    "SyncPageT",
]

T = TypeVar("T")
AsyncPageT = TypeVar("AsyncPageT", bound="BaseAsyncPage[Any]")
SyncPageT = TypeVar("SyncPageT", bound="BaseSyncPage[Any]")


class PageInfo:
    """Where the next page is: query parameters to change, a URL, or fields of the body to change."""

    __slots__ = ("json", "params", "url")

    def __init__(
        self,
        *,
        url: str | httpx.URL | NotGiven = not_given,
        params: Query | NotGiven = not_given,
        json: Body = not_given,
    ) -> None:
        self.url = url
        self.params = params
        self.json = json

    @override
    def __repr__(self) -> str:
        parts = {"url": self.url, "params": self.params, "json": self.json}
        given = {name: value for name, value in parts.items() if not isinstance(value, NotGiven)}
        return f"PageInfo({', '.join(f'{name}={value!r}' for name, value in given.items())})"


@dataclass(slots=True)
class _Origin:
    """Where a page came from. `seen` says, for each place that this listing went to, after how many pages."""

    client: Any
    options: FinalRequestOptions
    model: Any
    url: httpx.URL = field(repr=False)
    headers: httpx.Headers
    depth: int = 0
    seen: dict[str, int] = field(default_factory=dict[str, int])


class BasePage(BaseModel, Generic[T]):
    """One page of a list."""

    __slots__ = ("__page_origin__",)
    _array_field: ClassVar[str | None] = None
    """The field that takes the items where a response is a bare array."""

    def _get_page_items(self) -> list[T]:
        """The items of this page; a page class says where they are."""
        raise NotImplementedError

    def next_page_info(self) -> PageInfo | None:
        """Where the next page is, None after the last one."""
        raise NotImplementedError

    def has_next_page(self) -> bool:
        """Whether there is a next page to ask for: not after an empty page, nor to a place already visited."""
        return self._next_options() is not None

    @property
    def _origin(self) -> _Origin:
        try:
            return cast("_Origin", object.__getattribute__(self, "__page_origin__"))
        except AttributeError:
            raise SDKError("This page did not come from a request, so the next one cannot be fetched") from None

    @property
    def _response_headers(self) -> httpx.Headers:
        """The headers of the response, for schemes that keep the cursor there."""
        return self._origin.headers

    def _bind(self, client: Any, options: FinalRequestOptions, response: httpx.Response) -> None:
        origin = _Origin(client, options, options.page_model, response.request.url, response.headers)
        if isinstance(options.page_of, _Origin):
            origin.depth, origin.seen = options.page_of.depth + 1, options.page_of.seen
        object.__setattr__(self, "__page_origin__", origin)

    def _next_options(self) -> FinalRequestOptions | None:
        origin = self._origin
        info = self.next_page_info() if self._get_page_items() else None
        # A place that an earlier page led to would start a circle; this page may ask for its own successor again.
        if info is None or origin.seen.get(repr(info), origin.depth + 1) <= origin.depth:
            return None
        options = origin.options.copy(raw=None, page_of=origin, idempotency_key=None)
        if not isinstance(info.params, NotGiven):
            return options.copy(params={**options.params, **info.params})
        if not isinstance(info.url, NotGiven):
            return options.copy(url=_followed(origin.url, str(info.url)), params={})
        if is_mapping(info.json) and (is_mapping(options.body) or isinstance(options.body, NotGiven)):
            return options.copy(body={**(options.body or {}), **info.json})
        raise SDKError(f"The next page cannot be asked for with {info!r}")

    def _leave(self) -> FinalRequestOptions:
        """The options of the next page; notes that the listing goes there."""
        options = self._next_options()
        if options is None:
            raise RuntimeError("There is no next page; ask `has_next_page()` before `get_next_page()`.")
        origin = self._origin
        origin.seen.setdefault(repr(self.next_page_info()), origin.depth + 1)
        return options

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        # A parametrised page has no importable name, so it is made again from the generic one.
        metadata = type(self).__pydantic_generic_metadata__
        origin, args = metadata["origin"] or type(self), metadata["args"]
        return _revive_page, (origin, args, self.__getstate__())


def _revive_page(origin: Any, args: tuple[Any, ...], state: dict[Any, Any]) -> Any:
    cls = origin[args] if args else origin
    page = cls.__new__(cls)
    page.__setstate__(state)
    return page


class BaseSyncPage(BasePage[T], Generic[T]):
    """One page of a list. Iterating over it yields the items of this page and of all that follow."""

    @override
    def __iter__(self) -> Iterator[T]:  # type: ignore[override] # pydantic yields its fields here, a list its items
        for page in self.iter_pages():
            yield from page._get_page_items()

    def iter_pages(self) -> Iterator[Self]:
        """This page and those that follow."""
        page = self
        while True:
            yield page
            if not page.has_next_page():
                return
            page = page.get_next_page()

    def get_next_page(self) -> Self:
        """Fetch the next page. Raises RuntimeError after the last one; errors as for any call."""
        client: SyncVerbs = self._origin.client
        options = self._leave()
        return client._request_page(type(self), options)


class BaseAsyncPage(BasePage[T], Generic[T]):
    """One page of a list. `async for` over it yields the items of this page and of all that follow."""

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.iter_pages():
            for item in page._get_page_items():
                yield item

    async def iter_pages(self) -> AsyncIterator[Self]:
        """This page and those that follow."""
        page = self
        while True:
            yield page
            if not page.has_next_page():
                return
            page = await page.get_next_page()

    async def get_next_page(self) -> Self:
        """Fetch the next page. Raises RuntimeError after the last one; errors as for any call."""
        client: AsyncVerbs = self._origin.client
        options = self._leave()
        return await client._request_page(type(self), options)


class AsyncPaginator(Generic[T, AsyncPageT]):
    """A list that was asked for: `await` it for its first page, or `async for` over all its items."""

    def __init__(
        self, client: AsyncVerbs, options: FinalRequestOptions, page_cls: type[AsyncPageT], model: type[T]
    ) -> None:
        self._client = client
        self._options = options.copy(page_model=model)
        self._page_cls = page_cls

    def __await__(self) -> Generator[Any, None, AsyncPageT]:
        return self._first().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for item in await self._first():
            yield item

    async def _first(self) -> AsyncPageT:
        return await self._client._request_page(self._page_cls, self._options.copy())


def _followed(here: httpx.URL, reference: str) -> str:
    """The URL that a server names for the next page. Raises SDKError, without that text, for one that is no place."""
    try:
        target = httpx.URL(urljoin(str(here), reference))
        refuse_dot_segments(target.raw_path.decode("ascii"))
    except (httpx.InvalidURL, ValueError):
        target = httpx.URL()
    if target.scheme not in {"http", "https"} or not has_host(target):
        raise SDKError("The server names a URL for the next page that cannot be asked for")
    return str(target.copy_with(userinfo=b""))  # a server does not choose the credentials


def page_cast(page_cls: Any, model: Any) -> Any:
    """What a page's body is parsed as: the page, or a list of items where the body is a bare array."""
    return list[model] if page_cls._array_field is not None else page_cls


def page_of(page_cls: Any, parsed: Any) -> Any:
    """The page around what was parsed by `page_cast`."""
    if isinstance(parsed, BasePage):
        return cast("Any", parsed)
    return page_cls.model_construct(**{page_cls._array_field: parsed})
