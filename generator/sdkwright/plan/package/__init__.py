"""The plan of a package: everything but its models, decided and quoted, ready for the templates to print."""

from __future__ import annotations

from sdkwright.config import Config
from sdkwright.ir.api import Api
from sdkwright.ir.names import Names
from sdkwright.ir.symbols import Symbols
from sdkwright.ir.tree import ResourceNode
from sdkwright.pages import Pages
from sdkwright.plan.package.api_md import ApiDocs
from sdkwright.plan.package.base_url import default_base_url, environments_of
from sdkwright.plan.package.client import plan_client
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.distribution import plan_project, plan_readme
from sdkwright.plan.package.examples import Examples
from sdkwright.plan.package.lazy import root_package, type_packages
from sdkwright.plan.package.model import PackagePlan, SelfTest
from sdkwright.plan.package.options import client_options
from sdkwright.plan.package.page_classes import plan_pagination
from sdkwright.plan.package.resources import ResourcePlanner
from sdkwright.plan.package.runtime import plan_runtime
from sdkwright.plan.package.suite import plan_suite
from sdkwright.plan.package.webhooks import plan_webhooks
from sdkwright.plan.package.wire_keys import WireKeys
from sdkwright.text import code, join, py_ident, py_literal, py_str

__all__ = ["PackagePlan", "plan_package"]


def plan_package(
    api: Api, tree: ResourceNode, names: Names, symbols: Symbols, config: Config, pages: Pages
) -> PackagePlan:
    """Plan every file of a distribution except the modules of its models."""
    context = Context(api, tree, names, symbols, config)
    keys = WireKeys(context)
    planner = ResourcePlanner(context, pages, keys)
    client = plan_client(context, pages, keys)
    resources = planner.modules()
    used = {match.scheme.name: match.scheme for match in pages.matches.values()}
    schemes = [scheme for scheme in pages.schemes if scheme.name in used]
    webhooks = plan_webhooks(context)
    return PackagePlan(
        package=names.client.package,
        symbols=symbols,
        runtime=plan_runtime(context),
        client=client,
        resources=resources,
        webhooks=webhooks,
        packages=(
            root_package(context, environments=bool(environments_of(context))),
            *planner.packages(),
            *type_packages(context),
        ),
        pagination=plan_pagination(context, schemes),
        wire_keys=keys.tables(),
        project=plan_project(context),
        readme=plan_readme(context, Examples.of(context, pages), webhooks),
        api=ApiDocs(context, pages).page(),
        self_test=_self_test(context),
        suite=plan_suite(context, pages),
        license_text=config.settings.license.contents if config.settings.license else None,
        guessed_pages=tuple(pages.guesses(context.operations)),
    )


def _self_test(context: Context) -> SelfTest:
    """A test that imports every module and builds the clients, without a server."""
    needed = [option for option in client_options(context) if option.required]
    arguments = [
        code(
            "{}={}",
            py_ident(option.name),
            py_str("test") if option.type == "str" else py_literal(1),
        )
        for option in needed
    ]
    if default_base_url(context) is None:
        arguments.append(code("base_url={}", py_str("http://127.0.0.1")))
    names = context.names.client
    return SelfTest(py_ident(names.package), py_ident(names.client), join(", ", arguments))
