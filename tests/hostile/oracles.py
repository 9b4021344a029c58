"""What every generated tree must be, whatever the document said: files in memory in, a list of problems out."""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import IO

from sdkwright.paths import problem as path_problem
from sdkwright.render.compat import compat_files
from sdkwright.render.environment import templates_root
from sdkwright.render.package import HEADER

from hostile.payloads import MARKER
from hostile.suite_oracle import SCRIPTS, Allowance, allowance, script_problems

# Line and paragraph separators, controls, bidirectional and invisible marks: none of them stands in a file as it is.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_AT_ROOT = {"pyproject.toml", "README.md", "api.md", "LICENSE"}
_HTML = re.compile(r"<\s*/?\s*(?:script|img|iframe|svg|object|embed|style|link|meta|form|input|base)\b", re.IGNORECASE)
_CODE = re.compile(r"(?ms)^ {0,3}(```+|~~~+).*?^ {0,3}\1|(`+)(?!`).+?(?<!`)\2(?!`)")

_NODES = frozenset(
    [
        "Add",
        "AnnAssign",
        "And",
        "Assert",
        "Assign",
        "AsyncFor",
        "AsyncFunctionDef",
        "AsyncWith",
        "Attribute",
        "Await",
        "BinOp",
        "BitOr",
        "BoolOp",
        "Call",
        "ClassDef",
        "Compare",
        "Constant",
        "Del",
        "Dict",
        "DictComp",
        "Eq",
        "ExceptHandler",
        "Expr",
        "For",
        "FunctionDef",
        "GeneratorExp",
        "GtE",
        "If",
        "IfExp",
        "Import",
        "ImportFrom",
        "In",
        "Is",
        "IsNot",
        "Lambda",
        "List",
        "ListComp",
        "Load",
        "Module",
        "Name",
        "Not",
        "NotEq",
        "NotIn",
        "Or",
        "Pass",
        "Raise",
        "Return",
        "SetComp",
        "Starred",
        "Store",
        "Subscript",
        "Try",
        "Tuple",
        "USub",
        "UnaryOp",
        "With",
        "alias",
        "arg",
        "arguments",
        "comprehension",
        "keyword",
        "withitem",
    ]
)
_ROOTS = frozenset(
    [
        "__future__",
        "typing",
        "typing_extensions",
        "collections",
        "datetime",
        "os",
        "pydantic",
        "pydantic_core",
        "builtins",
        "functools",
    ]
)

_FUNCTIONS = re.compile(
    r"(?:make_request_options|isinstance|lazy_exports|(async_)?to_(custom_)?(raw|streamed)_response_wrapper|super|path_template"
    r"|Field|encode|encode_base64|cast|Keys|environment|provider_from_env|detect_provider|from_url|with_url|cls|str|run"
    r"|APIKey|BearerToken|BasicAuth|OAuth2ClientCredentials|Omit|PageInfo|form|simple|label|matrix|pipe_delimited"
    r"|space_delimited|deep_object|json_content|allow_reserved|StreamRule|TypeVar|TypeAliasType|Querystring|FormStyle"
    r"|Provider|EachValue|Discriminator|verify_webhook|getattr|len|iter|file_part|part|from_json|Lenient|Timeout"
    r"|server_url|unless_omitted|read_webhook|PropertyInfo|ByTag|repr"
    r"|\w+Resource(Model)?|\w+WithRawResponse|\w+WithStream(ing|ed)Response|\w+Error)_?"
)
"""Functions that generated code calls by name. Behind each an underscore may stand, where the name is taken."""
_METHODS = re.compile(
    r"(self|super\(\)|cls|self\.__class__\(\)|_?os\.environ|_?env|_?environ|name|headers|_SERVER_URL|Lenient\(\))\.\w+"
    r"|options\.url\.(startswith|removeprefix)|self\._?\w+(\.\w+){1,3}|typing_extensions\.(deprecated|TypeAliasType)|_?builtins\.\w+"
    r"|asyncio\.run|importlib\.import_module|pkgutil\.walk_packages"
)
"""Methods that generated code calls, with what they are called on."""
_FORWARD = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


def problems(files: Mapping[str, bytes], package: str) -> list[str]:
    """What is wrong with the files of a distribution; nothing, for every document."""
    found: list[str] = []
    for path, content in files.items():
        found += [f"{path[:120]!r}: {what}" for what in _file_problems(path, content, package)]
    return found


def tree_problems(tree: Path) -> list[str]:
    """What is wrong with a tree on disk: a link, or a marker that a payload left."""
    found = [f"{path} is a symbolic link" for path in tree.rglob("*") if path.is_symlink()]
    return found + marker_problems(tree)


def marker_problems(*places: Path) -> list[str]:
    """The traces of a payload that ran."""
    return [f"a payload ran: {place / MARKER}" for place in places if (place / MARKER).exists()]


def _file_problems(path: str, content: bytes, package: str) -> Iterator[str]:
    if fault := path_problem(path):
        yield f"the path is unsafe: {fault}"
    prefix = f"src/{package}/"
    if not (path in _AT_ROOT or path in SCRIPTS or path.startswith((prefix, "tests/"))):
        yield "the path is outside of the package"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        yield f"not UTF-8: {fault}"
        return
    if hidden := _HIDDEN.search(text.replace("\f", "") if path == "LICENSE" else text):  # licences have pages
        yield f"holds U+{ord(hidden.group()):04X} as it is"
    if path.endswith(".py"):
        yield from python_problems(content, path.removeprefix(prefix), package)
    elif path in SCRIPTS:
        yield from script_problems(path, text)
    elif path == "pyproject.toml":
        yield from _toml_problems(text)
    elif path.endswith(".md") and (html := _HTML.search(_CODE.sub("", text))):
        yield f"holds HTML: {html.group()}"


@lru_cache(maxsize=4096)
def python_problems(content: bytes, path: str, package: str) -> tuple[str, ...]:
    """What is wrong with one module; `path` is below the import package."""
    return tuple(_python_problems(content, path, package))


def _python_problems(content: bytes, path: str, package: str) -> Iterator[str]:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    if encoding != "utf-8":
        yield f"Python reads it as {encoding}"
    if not content.startswith(HEADER.encode()):
        yield "the header is not the constant one"
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError) as fault:
        yield f"not Python: {fault}"
        return
    original = _runtime_shapes().get(path)
    if original is not None:
        shape = _shapes(tree)
        if not shape <= original:
            yield f"differs from the runtime: {min(shape - original)[:200]}"
        return
    further = allowance(path, package)
    for node in ast.walk(tree):
        yield from _node_problems(node, further)


def _node_problems(node: ast.AST, further: Allowance | None) -> Iterator[str]:
    name = type(node).__name__
    roots = _ROOTS | further.roots if further else _ROOTS
    if name not in _NODES and not (further and name in further.nodes):
        yield f"holds a node of type {name}"
    match node:
        case ast.Call(func=target):
            text = _target(target)
            is_name = isinstance(target, ast.Name)
            more = further and (further.functions if is_name else further.methods)
            if not (_FUNCTIONS if is_name else _METHODS).fullmatch(text) and not (more and more.fullmatch(text)):
                yield f"calls {text[:100]}"
        case ast.Import(names=names):
            yield from (f"imports {item.name}" for item in names if item.name.split(".")[0] not in roots)
        case ast.ImportFrom(module=module, level=0) if (module or "").split(".")[0] not in roots:
            yield f"imports from {module}"
        case ast.AnnAssign(annotation=annotation):
            yield from _forward_problems(annotation)
        case ast.arg(annotation=ast.expr() as annotation):
            yield from _forward_problems(annotation)
        case ast.FunctionDef(returns=ast.expr() as annotation):
            yield from _forward_problems(annotation)
        case _:
            pass


def _target(node: ast.expr) -> str:
    """What is called, without the arguments of calls inside it."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{_target(value)}.{name}"
        case ast.Call(func=inner):
            return f"{_target(inner)}()"
        case _:
            return type(node).__name__


def _forward_problems(annotation: ast.expr) -> Iterator[str]:
    """Text in an annotation is evaluated, unless it stands in a `Literal` or a call: there it must be a name."""
    match annotation:
        case ast.Constant(value=str(text)):
            if not _FORWARD.fullmatch(text):
                yield f"an annotation evaluates {text[:100]!r}"
        case ast.Call():
            pass
        case ast.Subscript(value=value, slice=inner):
            if not ast.unparse(value).endswith("Literal"):
                yield from _forward_problems(inner)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _forward_problems(part)
        case ast.BinOp(left=left, right=right):
            yield from _forward_problems(left)
            yield from _forward_problems(right)
        case _:
            pass


@lru_cache(maxsize=1)
def _runtime_shapes() -> dict[str, frozenset[str]]:
    """What each file of the runtime is made of, by its path below the import package; older names may be added."""
    root = templates_root() / "runtime"
    sources = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.py"))}
    found = {path: _shapes(ast.parse(source)) for path, source in sources.items()}
    for path, source in compat_files(sources, "SDKError").items():
        found[path] = found.get(path, frozenset()) | _shapes(ast.parse(source))
    found["_http.py"] |= found["_http_httpx.py"]
    return {path: shape for path, shape in found.items() if path != "__init__.py"}


def _shapes(tree: ast.Module) -> frozenset[str]:
    """The statements of a module of the runtime without what differs between packages: facts, and the error's name."""
    found: set[str] = set()
    statements: list[ast.stmt] = [*tree.body]
    while statements:
        statement = statements.pop()
        if isinstance(statement, ast.If):
            statements += [*statement.body, *statement.orelse]
            statement = ast.Expr(statement.test)
        for node in ast.walk(statement):
            _generalise(node)
        parts = statement.names if isinstance(statement, ast.Import | ast.ImportFrom) else [statement]
        module = f"{statement.module} " if isinstance(statement, ast.ImportFrom) else ""
        found.update(module + ast.dump(part) for part in parts)
    return frozenset(found)


_VALUE = ast.Constant(value="a value of the package")


def _generalise(node: ast.AST) -> None:
    match node:
        case ast.Name(id=name) if name.endswith("Error"):
            node.id = "Error"
        case ast.ClassDef(name=name) if name.endswith("Error"):
            node.name = "Error"
        case ast.alias(name=name) if name.endswith("Error"):
            node.name = "Error"
        case ast.Constant(value=str() as text) if "Error" in text or "_" in text:
            node.value = ""
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]) if _is_fact(name, node):
            node.value = _VALUE
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            parts.sort(key=ast.dump)
        case _:
            pass


def _is_fact(name: str, node: ast.AnnAssign | ast.Assign) -> bool:
    """Whether an assignment gives a constant its value: a literal, and nothing that runs."""
    if not (name.isupper() or name.startswith("__")) or node.value is None:
        return False
    allowed = ast.Constant | ast.Tuple | ast.List | ast.Dict | ast.Load | ast.UnaryOp | ast.USub
    calls = {ast.unparse(item.func) for item in ast.walk(node.value) if isinstance(item, ast.Call)}
    plain = all(
        isinstance(item, allowed | ast.Call | ast.keyword | ast.Name | ast.Attribute) for item in ast.walk(node.value)
    )
    return plain and calls <= {"Timeout", "httpx.Timeout", "httpx.Limits", "Limits"}


_PROJECT = frozenset(
    [
        "name",
        "version",
        "description",
        "readme",
        "requires-python",
        "license",
        "license-files",
        "authors",
        "keywords",
        "classifiers",
        "dependencies",
        "optional-dependencies",
        "urls",
        "dynamic",
    ]
)


def _toml_problems(text: str) -> Iterator[str]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        yield f"not TOML: {fault}"
        return
    if strange := data.keys() - {"build-system", "project", "tool"}:
        yield f"has the tables {sorted(strange)}"
    if strange := data.get("project", {}).keys() - _PROJECT:
        yield f"has the keys {sorted(strange)} in [project]"
    if strange := data.get("tool", {}).keys() - {"hatch", "pyright", "mypy", "pytest", "ruff"}:
        yield f"has the tables {sorted(strange)} in [tool]"
    build = data.get("build-system", {})
    if build.get("build-backend") != "hatchling.build" or len(build.get("requires", [])) != 1:
        yield f"is built by {build!r:.200}"


class Importer:
    """Imports packages in a child process that is watched; one child serves many packages."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._child: subprocess.Popen[str] | None = None

    def problems(self, tree: Path, package: str) -> list[str]:
        """What went wrong when every module of `tree/src/<package>` was imported."""
        child = self._started()
        writer, reader = child.stdin, child.stdout
        assert writer is not None and reader is not None
        writer.write(json.dumps([str(tree), package]) + "\n")
        writer.flush()
        line = reader.readline()
        found = json.loads(line) if line else [f"the process that imports ended with {self._ended()}"]
        return [*found, *marker_problems(self._directory, tree, tree / "src")]

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._ended()

    def _started(self) -> subprocess.Popen[str]:
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-B", str(Path(__file__).with_name("import_child.py"))],
                cwd=self._directory,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        return self._child

    def _ended(self) -> int:
        child, self._child = self._child, None
        assert child is not None
        for stream in (child.stdin, child.stdout):
            _close(stream)
        return child.wait(timeout=60)


def _close(stream: IO[str] | None) -> None:
    if stream is not None:
        stream.close()
