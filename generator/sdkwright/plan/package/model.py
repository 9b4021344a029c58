"""What the templates of a package print: values that are decided and quoted already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sdkwright.diagnostics import Location
from sdkwright.ir.symbols import Symbols
from sdkwright.plan.package.suite_model import TestSuite
from sdkwright.text import EMPTY, Code


@dataclass(frozen=True, slots=True)
class Signature:
    """Arguments as they are written, `name: annotation = default`, and what the method returns."""

    positional: tuple[Code, ...]
    keywords: tuple[Code, ...]
    returns: Code


@dataclass(frozen=True, slots=True)
class Call:
    """The one call that a method makes: `function`, awaited if need be, and its arguments.

    `options` are those of `make_request_options`; `results` say what comes back. `settings` are the arguments that
    every method takes, as the signature has them, and `passed` their names.
    """

    function: Code
    arguments: tuple[Code, ...]
    options: tuple[Code, ...]
    results: tuple[Code, ...]
    settings: tuple[Code, ...]
    passed: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """One method of a resource class or of the client, sync or async."""

    name: Code
    define: Code
    """`def` or `async def`."""
    signature: Signature
    doc: Code
    call: Call
    overloads: tuple[Signature, ...] = ()
    deprecated: Code = EMPTY
    """The message of the deprecation as a literal, empty when the method is not deprecated."""


@dataclass(frozen=True, slots=True)
class Unwrap:
    """A method that reads webhooks: the type of its events as it is written and quoted.

    `option` is the client option with the key of their signatures, empty where none is checked.
    """

    name: Code
    event: Code
    quoted: Code
    option: Code


@dataclass(frozen=True, slots=True)
class Wrapped:
    """One method in a `...WithRawResponse` or `...WithStreamingResponse` class."""

    name: Code
    wrapper: Code
    extra: Code
    """A second argument of the wrapper, empty when it has none."""
    deprecated: bool


@dataclass(frozen=True, slots=True)
class Child:
    """A resource below a class: a cached property that imports its class on first use."""

    attribute: Code
    annotation: Code
    statement: Code
    doc: Code


@dataclass(frozen=True, slots=True)
class View:
    """A `...WithRawResponse` or `...WithStreamingResponse` class."""

    name: Code
    property: Code
    """`with_raw_response` or `with_streaming_response`."""
    doc: Code
    class_doc: Code
    methods: tuple[Wrapped, ...]
    children: tuple[Child, ...]


@dataclass(frozen=True, slots=True)
class ResourceClass:
    """A resource, sync or async, with its two views."""

    name: Code
    base: Code
    attribute: Code
    client: Code
    """How a child gets the client: `self._client`, or `self` in the client itself."""
    doc: Code
    methods: tuple[Method, ...]
    unwraps: tuple[Unwrap, ...]
    children: tuple[Child, ...]
    views: tuple[View, ...]


@dataclass(frozen=True, slots=True)
class ResourceModule:
    """One module under `resources/`."""

    module: str
    imports: Imported
    classes: tuple[ResourceClass, ...]
    names: frozenset[str]
    """Every top-level name that the module defines."""
    listed: Code = EMPTY
    """What `__all__` holds, empty for a module without it."""

    @property
    def has_deprecated(self) -> bool:
        """Whether a method is deprecated."""
        return _has_deprecated(self.classes)


@dataclass(frozen=True, slots=True)
class WebhookModule:
    """The module of the resource for webhooks. `env` is the variable that holds the secret, as a literal."""

    module: str
    event: Code
    imports: Imported
    classes: tuple[tuple[Code, Code], ...]
    error: Code
    env: Code
    env_name: Code
    attribute: Code
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Imported:
    """Import statements: those that run, and those that only a type checker reads."""

    runtime: tuple[Code, ...]
    typing: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class LazyPackage:
    """An `__init__` whose names are imported on first use.

    `statements` are for type checkers; `exports` map each name to its relative module, a submodule to nothing.
    `eager` are statements that run at once.
    """

    module: str
    doc: Code
    lazy_module: Code
    statements: tuple[Code, ...]
    exports: tuple[tuple[Code, Code], ...]
    eager: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyTable:
    """One table of `_wire_keys.py`: keys as Python says them to keys as the wire has them."""

    name: Code
    doc: Code
    names: Code
    nested: Code


@dataclass(frozen=True, slots=True)
class KeyTables:
    """`_wire_keys.py`; `has_maps` when it needs the class for tables of maps."""

    tables: tuple[KeyTable, ...]
    has_maps: bool


@dataclass(frozen=True, slots=True)
class PageModel:
    """A model inside a page, such as `{"pagination": {"cursor": ...}}`."""

    name: Code
    fields: tuple[Code, ...]
    is_generic: bool


@dataclass(frozen=True, slots=True)
class PageClass:
    """A page class, sync or async: its fields, where its items are and how the next page is asked for."""

    name: Code
    base: Code
    doc: Code
    fields: tuple[Code, ...]
    items: Code
    next_page: tuple[Code, ...]
    """Lines of `next_page_info`."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """`pagination.py`."""

    imports: Imported
    models: tuple[PageModel, ...]
    classes: tuple[PageClass, ...]
    names: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class ProviderMethod:
    """A constructor for one service: `azure()`."""

    name: Code
    index: Code
    doc: Code


@dataclass(frozen=True, slots=True)
class Providers:
    """The services behind a client: `constants` in the order of their detection, the default one last.

    `key` is the option that holds the key of whichever service is meant, `options` are the others.
    """

    constants: tuple[Code, ...]
    key: Code
    methods: tuple[ProviderMethod, ...]
    options: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class ClientOption:
    """An argument of the client and the attribute that keeps it.

    `read` is its environment variable as an expression, `default` what it is without, `missing` the message of
    the error when there is nothing; each is empty where it does not apply.
    """

    name: Code
    argument: Code
    copy_argument: Code
    attribute: Code
    read: Code
    default: Code
    missing: Code


@dataclass(frozen=True, slots=True)
class ClientClass:
    """The client, sync or async.

    `environment` is the type of the argument that chooses a server, `base_url` the lines that settle the URL,
    `copied_url` those for a copy.
    `headers`, `query` and `credentials` are items of dicts; `querystring` and `stream_events` are empty where the
    runtime's own are right. `usual_url` is the base URL of a client whose user set none, empty where no operation has a
    server of its own that would give way to another.
    """

    name: Code
    base: Code
    attribute: Code
    client: Code
    doc: Code
    methods: tuple[Method, ...]
    unwraps: tuple[Unwrap, ...]
    children: tuple[Child, ...]
    views: tuple[View, ...]
    http_client: Code
    middleware: Code
    env: Code
    """The statement that reads `.env`, empty without one."""
    environ: Code
    """The mapping of environment variables."""
    error: Code
    options: tuple[ClientOption, ...]
    environment: Code
    base_url: tuple[Code, ...]
    copied_url: tuple[Code, ...]
    copied_base_url: Code
    security: Code
    credentials: tuple[tuple[Code, Code], ...]
    headers: tuple[tuple[Code, Code], ...]
    query: tuple[tuple[Code, Code], ...]
    querystring: Code
    stream_events: Code
    usual_url: Code
    servers: Code
    """The URLs that get the same credentials, where there is a `usual_url`."""


@dataclass(frozen=True, slots=True)
class Client:
    """`_client.py`."""

    imports: Imported
    classes: tuple[ClientClass, ClientClass]
    providers: Providers | None
    environments: Code
    environment: Code
    """The names of the environments as a type."""
    server: Code
    """The default URL with its variables, empty if it has none."""
    servers: Code
    """The servers of single operations that give way to a base URL of the user, empty if there are none."""
    names: frozenset[str]
    listed: Code
    """What `__all__` holds, empty for a module without it."""

    @property
    def has_deprecated(self) -> bool:
        """Whether a method is deprecated."""
        return _has_deprecated(self.classes)


@dataclass(frozen=True, slots=True)
class ApiMethod:
    """One line of `api.md`."""

    title: Code
    target: Code
    href: Code
    name: Code
    arguments: Code
    returns: Code
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class ApiSection:
    """A part of `api.md`, mostly a resource: types by the package that exports them, and methods."""

    title: Code
    level: Code
    types: tuple[tuple[Code, Code], ...]
    methods: tuple[ApiMethod, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """`api.md`."""

    sections: tuple[ApiSection, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """`pyproject.toml`."""

    name: Code
    package: Code
    version: Code
    description: Code
    license: Code
    requires: tuple[Code, ...]
    aiohttp: Code
    """What the extra `aiohttp` needs."""
    webhooks: Code
    """What the extra `webhooks` needs; empty without one."""
    urls: tuple[tuple[Code, Code], ...]


@dataclass(frozen=True, slots=True)
class ReadmeCall:
    """An example: `sessions.list(...)`, the same inside a function of a function, its target, and its needs.

    `raw` and `streaming` are the same call through `with_raw_response` and `with_streaming_response`; `streams` and
    `returns` say whether a stream, or anything at all, comes back.
    """

    call: Code
    inside: Code
    target: Code
    raw: Code
    streaming: Code
    uses_path: bool
    streams: bool
    returns: bool


@dataclass(frozen=True, slots=True)
class Readme:
    """`README.md`. An example is None where the API has nothing of its kind."""

    title: Code
    description: Code
    docs: Code
    project: Code
    project_name: Code
    package: Code
    client: Code
    constructor: Code
    more_arguments: Code
    """Those of the constructor, with room for more after them."""
    env_key: Code
    env_prefix: Code
    options: tuple[tuple[Code, Code], ...]
    environments: tuple[tuple[Code, Code], ...]
    services: tuple[tuple[Code, Code], ...]
    """The constructors of a client of several services, and what each is a client of."""
    first: ReadmeCall | None
    page: ReadmeCall | None
    stream: ReadmeCall | None
    binary: ReadmeCall | None
    upload: ReadmeCall | None
    retrying: Code
    error_type: Code
    """The type of some error's body, empty where none has one."""
    webhooks: WebhookModule | None
    http: Code
    license: Code


@dataclass(frozen=True, slots=True)
class Runtime:
    """What the runtime is copied with: the base error's name, the HTTP library, the values of `_constants.py`.

    With `older_names` those of `templates/compat` join it.
    """

    error: Code
    env_prefix: Code
    http_library: Code
    constants: tuple[tuple[Code, Code], ...]
    version: tuple[tuple[Code, Code], ...]
    older_names: bool = False


@dataclass(frozen=True, slots=True)
class SelfTest:
    """`tests/test_package.py`: the name of the package and what its clients are built with."""

    package: Code
    client: Code
    arguments: Code


@dataclass(frozen=True, slots=True)
class PackagePlan:
    """Everything of a distribution except the modules of its models."""

    package: str
    """The name of the import package, which stands in `src/`."""
    symbols: Symbols
    """The modules of types that the package needs."""
    runtime: Runtime
    client: Client
    resources: tuple[ResourceModule, ...]
    webhooks: WebhookModule | None
    packages: tuple[LazyPackage, ...]
    pagination: Pagination | None
    wire_keys: KeyTables | None
    project: Project
    readme: Readme
    api: ApiPage
    self_test: SelfTest
    suite: TestSuite | None
    license_text: str | None
    guessed_pages: tuple[tuple[Location, str], ...] = ()
    """What was taken for paging though no config says so, and where."""

    @property
    def root(self) -> str:
        """The folder of the import package."""
        return f"src/{self.package}"

    @property
    def expected(self) -> Mapping[str, frozenset[str]]:
        """The top-level classes that each module must define, by its path, for the stage `verify`."""
        found = {f"{self.root}/{item.module.replace('.', '/')}.py": item.names for item in self.resources}
        if self.webhooks is not None:
            found[f"{self.root}/{self.webhooks.module.replace('.', '/')}.py"] = self.webhooks.names
        return {**found, f"{self.root}/_client.py": self.client.names}


def _has_deprecated(classes: Iterable[ResourceClass | ClientClass]) -> bool:
    return any(method.deprecated for each in classes for view in each.views for method in view.methods)
