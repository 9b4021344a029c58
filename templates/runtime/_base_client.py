"""The clients and what belongs to them, under the names that users import."""

from ._async_client import AsyncAPIClient
from ._client_core import BaseClient
from ._constants import DEFAULT_CONNECTION_LIMITS, DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT
from ._encode import FormStyle
from ._options import FinalRequestOptions, make_request_options
from ._pages import AsyncPaginator, BaseAsyncPage, BasePage, BaseSyncPage, PageInfo
from ._platform import OtherPlatform, Platform, get_platform
from ._stream_events import StreamRule
from ._sync_client import SyncAPIClient
from ._transport import DefaultAioHttpClient, DefaultAsyncHttpxClient, DefaultHttpxClient

__all__ = [
    "DEFAULT_CONNECTION_LIMITS",
    "DEFAULT_MAX_RETRIES",
    "DEFAULT_TIMEOUT",
    "AsyncAPIClient",
    "AsyncPaginator",
    "BaseAsyncPage",
    "BaseClient",
    "BasePage",
    "BaseSyncPage",
    "DefaultAioHttpClient",
    "DefaultAsyncHttpxClient",
    "DefaultHttpxClient",
    "FinalRequestOptions",
    "FormStyle",
    "OtherPlatform",
    "PageInfo",
    "Platform",
    "StreamRule",
    "SyncAPIClient",
    "get_platform",
    "make_request_options",
]
