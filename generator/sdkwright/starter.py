"""The config that says what would be inferred anyway, as the place to start from when something should be otherwise.

A package that is generated with it is the same, byte for byte, as the one without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

import yaml

from sdkwright.ir.tree import ResourceNode
from sdkwright.name import client_names
from sdkwright.pipeline import Planned
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.options import Option, client_options

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HEAD = """\
# What sdkwright infers from {document}. Generating with this file gives the same package as without it:
# change what you want otherwise. Every key is optional.
"""
_RESOURCES = """\
# `client.<resource>.<method>()`. An operation that is not listed is left out, with a note. A resource can also have
# `models: {name: SchemaName}`; once one is listed, schemas that are not are described where they are used.
"""


def starter_config(planned: Planned, spec: PurePath) -> str:
    """The text of an `sdk.yaml` for a document that was planned without a config."""
    operations = {operation.key: (operation.method, operation.path) for operation in planned.api.operations}
    resources = _children(planned.resources, operations)
    if planned.resources.methods:
        resources = {"$client": {"methods": _methods(planned.resources, operations)}} | resources
    name = " ".join(spec.name.split()).encode("ascii", "backslashreplace").decode()
    parts = [_HEAD.format(document=name), *_sections(planned, spec.stem)]
    return "\n".join([*parts, f"{_RESOURCES}{_dump({'resources': resources})}"] if resources else parts)


def _sections(planned: Planned, stem: str) -> Iterator[str]:
    names = planned.names.client
    owner = _owner(planned, stem)
    if owner is None:
        yield f"# organization: {{name: ...}} gives the client, now `{names.client}`, and its variables another name.\n"
    else:
        yield _dump({"organization": {"name": owner}})
    yield _dump({"targets": {"python": {"package_name": names.package, "project_name": names.project}}})
    context = Context(planned.api, planned.resources, planned.names, planned.package.symbols, planned.config)
    credentials = {each.name: _option(each) for each in client_options(context) if each.scheme is not None}
    if credentials and not credentials.keys() & {child.name for child in planned.resources.children}:
        yield _dump({"client_settings": {"opts": credentials}})


def _owner(planned: Planned, stem: str) -> str | None:
    """The organization's name that gives the same names; None if there is none, as after an odd title."""
    names, title, casing = planned.names.client, planned.api.title, planned.config.casing
    for owner in (names.title, _HUMP.sub(" ", names.client), names.client):
        found = client_names(title, stem, casing, organization=owner, package=names.package, project=names.project)
        if found == names:
            return owner
    return None


def _option(option: Option) -> dict[str, object]:
    described = {"description": option.doc} if option.doc else {}
    role = {} if option.role == "value" else {"role": option.role}
    auth = {"security_scheme": option.scheme, **role}
    return {"type": "string", "nullable": True, **described, "read_env": option.env, "auth": auth}


def _children(node: ResourceNode, operations: dict[str, tuple[str, str]]) -> dict[str, object]:
    return {child.name: _resource(child, operations) for child in node.children}


def _resource(node: ResourceNode, operations: dict[str, tuple[str, str]]) -> dict[str, object]:
    found: dict[str, object] = {}
    if node.doc:
        found["description"] = node.doc
    if node.methods:
        found["methods"] = _methods(node, operations)
    if node.children:
        found["subresources"] = _children(node, operations)
    return found


def _methods(node: ResourceNode, operations: dict[str, tuple[str, str]]) -> dict[str, str]:
    return {method.name: " ".join(operations[method.operation]) for method in node.methods}


def _dump(section: dict[str, object]) -> str:
    return yaml.safe_dump(section, sort_keys=False, width=120, allow_unicode=False)
