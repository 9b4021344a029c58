"""The Python in a README, as one module that type checkers read: each block after the first has a client to use."""

from __future__ import annotations

import re
import textwrap

_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CLIENT = re.compile(r"^client = (\w+)\(", re.MULTILINE)


def blocks(readme: str) -> list[str]:
    """The code of each Python block."""
    return _BLOCK.findall(readme)


def as_module(readme: str) -> str:
    """All blocks in one module. What stands for the caller's own request in an example of webhooks is an argument."""
    first, *rest = blocks(readme)
    built = _CLIENT.search(first)
    assert built is not None, first
    given = f"client: {built[1]}, request_body: bytes, request_headers: dict[str, str]"
    parts = ["from __future__ import annotations\n", first]
    for number, block in enumerate(rest):
        parts.append(f"def block_{number}({given}) -> None:\n{textwrap.indent(block, '    ')}")
    return "\n\n".join(parts)
