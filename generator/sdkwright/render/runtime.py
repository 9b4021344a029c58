"""The runtime as it is copied into a package: verbatim, but for the values that belong to one package."""

from __future__ import annotations

import re
from functools import cache

from sdkwright.plan.package.model import Runtime
from sdkwright.render.environment import templates_root
from sdkwright.text import Code

_ERROR = re.compile(r"\bSDKError\b")
_HTTP_SOURCES = {"httpx2": "_http.py", "httpx": "_http_httpx.py"}


def render_runtime(plan: Runtime) -> dict[str, str]:
    """The runtime's files by their path below the import package."""
    sources = _sources()
    http = sources[_HTTP_SOURCES[plan.http_library]]
    files = {path: _ERROR.sub(plan.error, text) for path, text in sources.items() if path != "_http_httpx.py"}
    files["_http.py"] = http
    files["_constants.py"] = _with_values(files["_constants.py"], plan.constants)
    files["_constants.py"] = files["_constants.py"].replace("EXAMPLE_", f"{plan.env_prefix}_")
    files["_version.py"] = _with_values(files["_version.py"], plan.version)
    return files


@cache
def _sources() -> dict[str, str]:
    """The texts of `templates/runtime`."""
    root = templates_root() / "runtime"
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*.py"))
        if "__pycache__" not in path.parts
    }


def _with_values(text: str, values: tuple[tuple[Code, Code], ...]) -> str:
    """A module of constants with some of them given other values.

    Raises LookupError when the module does not define one of them on a line of its own.
    """
    for name, value in values:
        pattern = rf"^({name}(?:: [^=]+)? = ).+$"
        text, count = re.subn(pattern, rf"\g<1>{_replacement(value)}", text, flags=re.MULTILINE)
        if count != 1:
            raise LookupError(f"the runtime does not define {name} on one line")
    return text


def _replacement(value: Code) -> str:
    """Text that `re.sub` puts in as it is."""
    return value.replace("\\", r"\\")
