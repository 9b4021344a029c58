"""The clients and what belongs to them, under the names that users import.

How a call goes, for whoever follows one with a debugger: the method of a resource states what the operation is
(`_options`) and calls a verb (`_sync_verbs`), which sends it (`_sync_send`): signed and put together (`_prepare`) into
a request that can be built for each attempt (`_request`), its answer read (`_reading`), judged (`_client_core`) and
parsed (`_parse`, `_validators`). The other modules hold one thing each that these use.
"""

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
