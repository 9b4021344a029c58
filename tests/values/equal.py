"""When JSON that was written is the JSON that was read.

* Numbers are equal by value, so `3` is `3.0`; two integers have to be equal in every digit.
* A date-time is equal to one of the same instant, to the microsecond: `+00:00` is `Z`, and zeros at the end of a
  fraction mean nothing. One without an offset is equal only to one without.
* Everything else, the order of lists and the presence of keys included, has to be the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?")


def differences(before: object, after: object, path: str = "") -> Iterator[str]:
    """Where two JSON values differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() | after.keys():
            if key not in after:
                yield f"{path}/{key}: lost"
            elif key not in before:
                yield f"{path}/{key}: added"
            else:
                yield from differences(before[key], after[key], f"{path}/{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{path}/{index}")
    elif not _same(before, after):
        yield f"{path}: {json.dumps(before)[:80]} became {json.dumps(after)[:80]}"


def _same(before: object, after: object) -> bool:
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    if isinstance(before, int | float) and isinstance(after, int | float):
        exact = isinstance(before, int) and isinstance(after, int)
        return before == after if exact else float(before) == float(after)
    if isinstance(before, str) and isinstance(after, str) and before != after:
        return bool(_INSTANT.fullmatch(before) and _INSTANT.fullmatch(after)) and _instant(before) == _instant(after)
    return type(before) is type(after) and before == after


def _instant(text: str) -> datetime:
    """The instant, further digits of the second cut off; one without an offset is equal to none that has one."""
    return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text).upper())
