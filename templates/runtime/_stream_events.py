"""What the events of a stream mean: the rules that the generator takes from the config."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ._sse import ServerSentEvent

__all__ = ["DEFAULT_STREAM_EVENTS", "StreamRule", "rule_for"]


@dataclass(frozen=True, slots=True)
class StreamRule:
    """What to do with an event: yield it, skip it, end the stream, or raise it as an error.

    A rule applies to the events named in `events` (None names an event without a name; `events=None` any event)
    whose data starts with `data_starts_with`, and, with `error_property`, is an object with that property.
    """

    handle: Literal["yield", "continue", "done", "error"]
    events: tuple[str | None, ...] | None = None
    data_starts_with: str | None = None
    error_property: str | None = None

    def applies(self, event: ServerSentEvent) -> bool:
        """Whether this rule is about the event."""
        if self.events is not None and event.event not in self.events:
            return False
        return self.data_starts_with is None or event.raw.startswith(self.data_starts_with.encode())


DEFAULT_STREAM_EVENTS = (
    StreamRule("done", data_starts_with="[DONE]"),
    StreamRule("error", events=("error",)),
)


def rule_for(event: ServerSentEvent, rules: tuple[StreamRule, ...]) -> StreamRule:
    """The first rule that applies; an event without one is yielded."""
    return next((rule for rule in rules if rule.applies(event)), _YIELD)


_YIELD = StreamRule("yield")
