"""The whole tool in one place: a document goes in, the files of a package come out.

source, overlay, transforms, bundle, upgrade, arrange, lower, pages, name, plan, render, format, verify. Nothing here
touches the disk but the reading of the document; `write` publishes what this returns.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sdkwright import formatting, guard, overlay, source, transforms, verify
from sdkwright.arrange import arrange
from sdkwright.bundle import Bundle, bundle
from sdkwright.config import Config, Dialect
from sdkwright.config import load as load_config
from sdkwright.diagnostics import Diagnostics, Location, Refusal, Severity
from sdkwright.ir.api import Api
from sdkwright.ir.names import Names
from sdkwright.ir.symbols import Symbols
from sdkwright.ir.tree import ResourceNode
from sdkwright.limits import Limits
from sdkwright.lower.api import lower
from sdkwright.lower.heads import heads, schema_names, tag_docs
from sdkwright.lower.nodes import Tree
from sdkwright.lower.servers import report_choice
from sdkwright.name import client_names, name
from sdkwright.pages import Pages
from sdkwright.pages.items import itemised
from sdkwright.plan.package import PackagePlan, plan_package
from sdkwright.plan.symbols import plan_symbols
from sdkwright.render.environment import templates_root
from sdkwright.render.models import render_models
from sdkwright.render.package import HEADER, render
from sdkwright.report.json import Summary
from sdkwright.source import SourceText
from sdkwright.upgrade import upgrade

_PAGES_HINT = "if they do not, say so with `pagination` in sdk.yaml (`[]` for none)"


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may set for one run. `roots` are further directories that files may be read from."""

    config: Path | None = None
    overlays: tuple[Path, ...] = ()
    roots: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class Run:
    """What happened in a run, for its reports: the texts of the files that were read, and seconds by stage."""

    diagnostics: Diagnostics
    texts: dict[str, SourceText] = field(default_factory=dict[str, SourceText])
    seconds: dict[str, float] = field(default_factory=dict[str, float])
    current: str = ""
    deadline: guard.Deadline | None = None

    @contextmanager
    def stage(self, name: str) -> Generator[None]:
        """Measure a stage, without the time of stages inside it. `current` keeps naming one that failed."""
        outer, self.current = self.current, name
        start = time.perf_counter()
        yield
        if self.deadline is not None:
            self.deadline.check()
        spent = time.perf_counter() - start
        for stage, seconds in ((name, spent), (outer, -spent)):
            if stage:
                self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds
        self.current = outer


@dataclass(frozen=True, slots=True)
class Generated:
    """A package in memory: the files of its distribution by relative path, and what to report of them."""

    package: str
    files: Mapping[str, bytes]
    summary: Summary


def generate(spec: Path, options: Options, run: Run) -> Generated | None:
    """Generate the package of one document; None if there are errors, which are in `run.diagnostics`."""
    with _guarded(spec, options, run):
        return _generate(spec, options, run)
    return None


def outline(spec: Path, options: Options, run: Run) -> Planned | None:
    """Plan the package of one document and render nothing; None if there are errors."""
    with _guarded(spec, options, run):
        return _outline(spec, options, run)
    return None


@contextmanager
def _guarded(spec: Path, options: Options, run: Run) -> Generator[None]:
    """Hold the work inside to the budgets of the run. What ends it early is reported, and the work given up."""
    limits = options.limits
    try:
        with guard.deadline(limits.seconds) as run.deadline:
            yield
    except Refusal:
        return
    except guard.OutOfTime:
        exhausted("limit/time", f"the run was not done after {limits.seconds:g} seconds", spec, run)
    except MemoryError:
        exhausted("limit/memory", "the document needs more memory than the run may have", spec, run)
    except RecursionError:
        exhausted("limit/depth", "what the document refers to is nested too deeply", spec, run)
    except OSError as fault:
        message = f"the system refused what the stage {run.current!r} needs: {fault.strerror or fault}"
        hint = "make room on the disk (TMPDIR says where temporary files go) or give permission, then run again"
        run.diagnostics.error("run/system", message, Location(str(spec)), hint)
    except Exception as fault:
        if "SDKWRIGHT_DEBUG" in os.environ:
            raise
        run.diagnostics.error(
            "internal/fault",
            f"the stage {run.current!r} failed with {type(fault).__name__}: {str(fault)[:200]}",
            Location(str(spec)),
            "this is a fault of sdkwright: please report it with the document (SDKWRIGHT_DEBUG=1 shows the traceback)",
        )
    finally:
        run.deadline = None


def exhausted(code: str, message: str, spec: Path, run: Run) -> None:
    """Report a budget of the whole run; the place is the stage, and the document as a whole."""
    hint = "if the document is meant to be like this, raise the limit (--limit), or split it"
    run.diagnostics.error(code, f"{message} (stage {run.current!r})", Location(str(spec)), hint)


def _generate(spec: Path, options: Options, run: Run) -> Generated | None:
    diagnostics = run.diagnostics
    planned = _outline(spec, options, run)
    if planned is None:
        return None
    symbols = planned.package.symbols
    with run.stage("models"):
        models = render_models(planned.api, planned.names, symbols, templates_root() / "models")
    with run.stage("package"):
        texts = render(planned.package, models)
    with run.stage("format"):
        texts = formatting.format_files(dict(sorted(texts.items())))
    files = {path: text.encode() for path, text in texts.items()}
    with run.stage("verify"):
        verify.compile_all(files, diagnostics, header=HEADER.encode())
        verify.expected_symbols(files, planned.expected, diagnostics)
    if diagnostics.failed:
        return None
    package = planned.names.client.package
    summary = _summary(spec, package, planned.api, symbols, files, run, configured=planned.config.resources is not None)
    return Generated(package, files, summary)


def _outline(spec: Path, options: Options, run: Run) -> Planned | None:
    diagnostics, limits = run.diagnostics, options.limits
    config = load_config(options.config, limits, diagnostics, run.texts) if options.config else Config()
    canonical = _read(spec, options, config, run)
    if any(item.code.startswith("limit/") for item in diagnostics.items if item.severity is Severity.ERROR):
        return None  # what is over a budget goes no further; other errors are collected
    tree = Tree(canonical.document, canonical.origins.locate, limits.composition_product)
    return plan(tree, spec.stem, config, limits, run)


@dataclass(frozen=True, slots=True)
class Planned:
    """A document as the package that it becomes, before anything of it is text."""

    config: Config
    api: Api
    resources: ResourceNode
    names: Names
    package: PackagePlan
    pages: Pages

    @property
    def expected(self) -> dict[str, frozenset[str]]:
        """The names that each module must define."""
        prefix = f"src/{self.names.client.package}/"
        types = {
            f"{prefix}{module.module.replace('.', '/')}.py": frozenset(each.symbol.name for each in module.definitions)
            for module in self.package.symbols.modules
            if module.definitions
        }
        return {**self.package.expected, **types}


def plan(tree: Tree, stem: str, config: Config, limits: Limits, run: Run) -> Planned | None:
    """Plan the package of a canonical document called `stem`; None if there are errors."""
    diagnostics, casing = run.diagnostics, config.casing
    with run.stage("arrange"):
        resources = arrange(heads(tree), config, casing, diagnostics, schema_names(tree), tag_docs(tree))
    with run.stage("lower"):
        wanted = {method.operation for _, node in resources.walk() for method in node.methods}
        api = lower(tree, wanted, _named_by(resources, config.dialect), limits, diagnostics, config.dialect, resources)
    if diagnostics.failed:
        return None
    if not config.environments:
        report_choice(api.servers, tree, diagnostics)
    with run.stage("pages"):
        pages = Pages.of(api, resources, config)
        api = itemised(api, resources, pages)
    with run.stage("name"):
        target = config.targets.python
        client = client_names(
            api.title,
            stem,
            casing,
            organization=config.organization.name or "",
            package=(target.package_name if target else None) or "",
            project=(target.project_name if target else None) or "",
            env_prefix=config.client_settings.default_env_prefix or "",
        )
        names = name(api, resources, client, casing, diagnostics, config.dialect)
    with run.stage("plan"):
        package = plan_package(api, resources, names, plan_symbols(api, names), config, pages)
    for where, message in package.guessed_pages:
        diagnostics.note("pagination/inferred", message, where, _PAGES_HINT)
    for where, message in package.suite.untested if package.suite else ():
        diagnostics.note("tests/no-value", message, where, "add a test of your own to tests/custom")
    return Planned(config, api, resources, names, package, pages)


def _read(spec: Path, options: Options, config: Config, run: Run) -> Bundle:
    """The document in its canonical form: read, overlaid, transformed, bundled, upgraded."""
    with run.stage("source"):
        document = source.read(spec, options.limits, run.diagnostics, run.texts)
    with run.stage("overlay"):
        for path in options.overlays:
            document = overlay.apply(document, path, options.limits, run.diagnostics, run.texts)
        document = transforms.apply(document, config, run.diagnostics)
    with run.stage("bundle"):
        bundled = bundle(
            document,
            roots=options.roots,
            limits=options.limits,
            diagnostics=run.diagnostics,
            texts=run.texts,
        )
    with run.stage("upgrade"):
        return upgrade(bundled, run.diagnostics, options.limits)


class _AllNamed:
    """Without models in the config every component schema keeps its name."""

    def __call__(self, pointer: str) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class _Listed:
    """With models in the config only those are named; other schemas are described where they are used."""

    pointers: frozenset[str]

    def __call__(self, pointer: str) -> bool:
        return pointer in self.pointers


def _named_by(resources: ResourceNode, dialect: Dialect) -> _AllNamed | _Listed:
    listed = frozenset(model.pointer.removeprefix("#") for _, node in resources.walk() for model in node.models)
    return _Listed(listed) if listed or dialect.listed_models else _AllNamed()


def _summary(
    spec: Path,
    package: str,
    api: Api,
    symbols: Symbols,
    files: Mapping[str, bytes],
    run: Run,
    *,
    configured: bool,
) -> Summary:
    generated = len(api.operations)
    left_out = api.operations_total - generated if configured else 0
    return Summary(
        spec=str(spec),
        package=package,
        operations=api.operations_total,
        generated=generated,
        excluded=left_out,
        skipped=api.operations_total - generated - left_out,
        webhooks=len(api.webhooks),
        models=sum(len(module.definitions) for module in symbols.modules),
        files=len(files),
        seconds=run.seconds,
    )
