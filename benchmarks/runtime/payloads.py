"""What is sent and answered: the same amount for each API, in the shape that its SDK knows."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.runtime.transport import Payloads

COUNT = 100
EVENTS = 10_000
_TEXT = "The quick brown fox jumps over the lazy dog. " * 4
_URL = "https://example.com/pictures/fox.png"


def messages(image: Any = None) -> list[dict[str, Any]]:
    """Eleven messages, every second one a list of three parts. `image` is the part for a picture."""
    picture = image or {"type": "image_url", "image_url": {"url": _URL, "detail": "low"}}
    parts = [{"type": "text", "text": _TEXT}, picture, {"type": "text", "text": "What is it?"}]
    user, assistant = {"role": "user", "content": parts}, {"role": "assistant", "content": _TEXT}
    return [user if index % 2 == 0 else assistant for index in range(11)]


def _dump(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _stream(events: list[dict[str, Any]], *, named: bool = False, done: bool = True) -> bytes:
    lines = [(f"event: {event['type']}\n" if named else "") + f"data: {_dump(event).decode()}\n\n" for event in events]
    return "".join([*lines, "data: [DONE]\n\n" if done else ""]).encode()


_USAGE = {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940}
_HEAD = {"id": "cmpl_1", "created": 1_760_000_000, "model": "m-1"}
_DELTA = {"index": 0, "delta": {"content": "word "}, "finish_reason": None}
_MESSAGE = {"role": "assistant", "content": _TEXT}


def openai_like(extra: dict[str, Any] | None = None) -> Payloads:
    """Models and completions as OpenAI, Mistral and the package under measurement have them."""
    model = {"object": "model", "created": 1_760_000_000, "owned_by": "bench", **(extra or {})}
    choice = {"index": 0, "finish_reason": "stop", "message": _MESSAGE}
    chunk = {**_HEAD, "object": "chat.completion.chunk", "choices": [_DELTA]}
    return Payloads(
        one=_dump({"id": "m-1", **model}),
        many=_dump({"object": "list", "data": [{"id": f"m-{number}", **model} for number in range(COUNT)]}),
        completion=_dump({**_HEAD, "object": "chat.completion", "choices": [choice], "usage": _USAGE}),
        events=_stream([chunk] * EVENTS),
    )


def anthropic_like() -> Payloads:
    """The same amount in Anthropic's shape."""
    model = {"type": "model", "display_name": "Model", "created_at": "2026-01-01T00:00:00Z"}
    listed = [{"id": f"m-{number}", **model} for number in range(COUNT)]
    message = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "m-1",
        "content": [{"type": "text", "text": _TEXT}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 900, "output_tokens": 40},
    }
    delta = {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "word "}}
    return Payloads(
        one=_dump({"id": "m-1", **model}),
        many=_dump({"data": listed, "has_more": False, "first_id": "m-0", "last_id": "m-99"}),
        completion=_dump(message),
        events=_stream([delta] * EVENTS, named=True, done=False),
    )


def cohere_like() -> Payloads:
    """The same amount in Cohere's shape."""
    model = {"endpoints": ["chat"], "finetuned": False, "context_length": 128_000.0}
    completion = {
        "id": "c_1",
        "finish_reason": "COMPLETE",
        "message": {"role": "assistant", "content": [{"type": "text", "text": _TEXT}]},
        "usage": {"tokens": {"input_tokens": 900.0, "output_tokens": 40.0}},
    }
    delta = {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "word "}}}}
    return Payloads(
        one=_dump({"name": "m-1", **model}),
        many=_dump({"models": [{"name": f"m-{number}", **model} for number in range(COUNT)]}),
        completion=_dump(completion),
        events=_stream([delta] * EVENTS, named=True, done=False),
    )
