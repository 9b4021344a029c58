"""What is compared: the bare HTTP clients, a package that this tool generated, and four SDKs from PyPI."""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final

from benchmarks.runtime import payloads
from benchmarks.runtime.transport import Payloads, async_client, sync_client

__all__ = ["BARE", "Subject", "anthropic", "bare", "cohere", "mistral", "openai", "ours"]

Task = Callable[[], object]
BARE: Final = "bare"
_URL = "https://bench.example.com/v1"
_KEY = "sk-benchmark"
_PICTURE = "https://example.com/pictures/fox.png"
_WAYS = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to measure. `http` is the HTTP library it stands on, `tasks` what it does, by name."""

    name: str
    version: str
    http: str
    tasks: Mapping[str, Task]


def bare(library: str) -> Subject:
    """The HTTP library itself, reading each body, decoding lists and events with `json.loads`."""
    http = importlib.import_module(library)
    found = payloads.openai_like()
    client = sync_client(http, found)
    headers = {"Authorization": f"Bearer {_KEY}"}
    body = {"model": "m-1", "messages": payloads.messages()}

    async def get(many: Any) -> Any:
        return await many.get(f"{_URL}/models/m-1", headers=headers)

    def events() -> int:
        content = {**body, "stream": True}
        with client.stream("POST", f"{_URL}/chat/completions", json=content, headers=headers) as response:
            lines = (line[6:] for line in response.iter_lines() if line.startswith("data: {"))
            return sum(1 for line in lines if json.loads(line))

    tasks: dict[str, Task] = {
        "small GET": lambda: client.get(f"{_URL}/models/m-1", headers=headers).content,
        "POST of 11 nested messages": lambda: (
            client.post(f"{_URL}/chat/completions", json=body, headers=headers).content
        ),
        "list of 100 objects": lambda: json.loads(client.get(f"{_URL}/models", headers=headers).content),
        "100 GETs at once, async": _together(lambda: async_client(http, found), get),
        "10,000 events": events,
        "client construction": lambda: http.Client(headers=headers),
    }
    return Subject(f"{BARE} {library}", version(library), library, tasks)


def ours(package: str, sdk_version: str) -> Subject:
    """The package that was generated from `openapi.yaml`."""
    module = importlib.import_module(package)
    found = payloads.openai_like()
    client = module.ChatBench(api_key=_KEY, http_client=sync_client(_http("httpx2"), found))
    return Subject(
        "this package",
        sdk_version,
        "httpx2",
        _openai_tasks(client, lambda http: module.AsyncChatBench(api_key=_KEY, http_client=http), found)
        | {
            "client construction": lambda: module.ChatBench(api_key=_KEY),
            # The HTTP client is built by the first call; here at once, as the others do.
            "client construction, HTTP client too": lambda: module.ChatBench(api_key=_KEY)._client,
        },
    )


def openai() -> Subject:
    """openai-python."""
    module = importlib.import_module("openai")
    http, found = _library_of(module.DefaultHttpxClient), payloads.openai_like()
    client = module.OpenAI(api_key=_KEY, base_url=_URL, http_client=sync_client(_http(http), found))
    tasks = _openai_tasks(
        client,
        lambda many: module.AsyncOpenAI(api_key=_KEY, base_url=_URL, http_client=many),
        found,
        http=http,
    )
    return Subject(
        "openai", version("openai"), http, tasks | {"client construction": lambda: module.OpenAI(api_key=_KEY)}
    )


def anthropic() -> Subject:
    """anthropic-sdk-python."""
    module = importlib.import_module("anthropic")
    http, found = _library_of(module.DefaultHttpxClient), payloads.anthropic_like()
    client = module.Anthropic(api_key=_KEY, http_client=sync_client(_http(http), found))
    picture = {"type": "image", "source": {"type": "url", "url": _PICTURE}}
    sent: dict[str, Any] = {"model": "m-1", "max_tokens": 100, "messages": payloads.messages(picture)}
    tasks: dict[str, Task] = {
        "small GET": lambda: client.models.retrieve("m-1").id,
        "POST of 11 nested messages": lambda: client.messages.create(**sent).content[0].text,
        "list of 100 objects": lambda: client.models.list(limit=100).data[99].id,
        "100 GETs at once, async": _together(
            lambda: module.AsyncAnthropic(api_key=_KEY, http_client=async_client(_http(http), found)),
            lambda many: many.models.retrieve("m-1"),
        ),
        "10,000 events": lambda: sum(1 for event in client.messages.create(**sent, stream=True) if event.delta.text),
        "client construction": lambda: module.Anthropic(api_key=_KEY),
    }
    return Subject("anthropic", version("anthropic"), http, tasks)


def mistral() -> Subject:
    """mistralai."""
    make = importlib.import_module("mistralai.client").Mistral
    capabilities = {"completion_chat": True, "function_calling": True, "completion_fim": False, "fine_tuning": False}
    found = payloads.openai_like({"type": "base", "capabilities": capabilities})
    client = make(api_key=_KEY, client=sync_client(_http("httpx"), found))
    sent: dict[str, Any] = {"model": "m-1", "messages": payloads.messages()}
    tasks: dict[str, Task] = {
        "small GET": lambda: client.models.retrieve(model_id="m-1").id,
        "POST of 11 nested messages": lambda: client.chat.complete(**sent).choices[0].message.content,
        "list of 100 objects": lambda: client.models.list().data[99].id,
        "100 GETs at once, async": _together(
            lambda: make(api_key=_KEY, async_client=async_client(_http("httpx"), found)),
            lambda many: many.models.retrieve_async(model_id="m-1"),
        ),
        "10,000 events": lambda: sum(1 for event in client.chat.stream(**sent) if event.data.choices[0].delta.content),
        "client construction": lambda: make(api_key=_KEY),
    }
    return Subject("mistralai", version("mistralai"), "httpx", tasks)


def cohere() -> Subject:
    """cohere."""
    module = importlib.import_module("cohere")
    found = payloads.cohere_like()
    client = module.ClientV2(api_key=_KEY, httpx_client=sync_client(_http("httpx"), found))
    sent: dict[str, Any] = {"model": "m-1", "messages": payloads.messages()}

    def events() -> int:
        return sum(1 for event in client.chat_stream(**sent) if event.delta.message.content.text)

    tasks: dict[str, Task] = {
        "small GET": lambda: client.models.get("m-1").name,
        "POST of 11 nested messages": lambda: client.chat(**sent).message.content[0].text,
        "list of 100 objects": lambda: client.models.list().models[99].name,
        "100 GETs at once, async": _together(
            lambda: module.AsyncClientV2(api_key=_KEY, httpx_client=async_client(_http("httpx"), found)),
            lambda many: many.models.get("m-1"),
        ),
        "10,000 events": events,
        "client construction": lambda: module.ClientV2(api_key=_KEY),
    }
    return Subject("cohere", version("cohere"), "httpx", tasks)


def _openai_tasks(client: Any, make: Callable[[Any], Any], found: Payloads, http: str = "httpx2") -> dict[str, Task]:
    """The tasks of two SDKs whose methods have the same names."""
    sent: dict[str, Any] = {"model": "m-1", "messages": payloads.messages()}

    def events() -> int:
        stream = client.chat.completions.create(**sent, stream=True)
        return sum(1 for event in stream if event.choices[0].delta.content)

    return {
        "small GET": lambda: client.models.retrieve("m-1").id,
        "POST of 11 nested messages": lambda: client.chat.completions.create(**sent).choices[0].message.content,
        "list of 100 objects": lambda: client.models.list().data[99].id,
        "100 GETs at once, async": _together(
            lambda: make(async_client(_http(http), found)), lambda many: many.models.retrieve("m-1")
        ),
        "10,000 events": events,
    }


def _together(make: Callable[[], Any], call: Callable[[Any], Awaitable[Any]]) -> Task:
    """A hundred calls in one loop, on one client."""

    async def run() -> int:
        client = make()
        found = await asyncio.gather(*[call(client) for _ in range(_WAYS)])
        return len(found)

    return lambda: asyncio.run(run())


def _http(library: str) -> Any:
    return importlib.import_module(library)


def _library_of(client: type) -> str:
    """The HTTP library that an SDK's own client class is made of."""
    return next(base.__module__ for base in client.__mro__[1:] if base.__module__.split(".")[0].startswith("httpx"))
