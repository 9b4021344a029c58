"""The commands, one function each. Every value that they put in is a copy of its own."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, cast

from sdkwright import pointers
from sdkwright.config import transforms as config
from sdkwright.transforms import editing, refs

if TYPE_CHECKING:
    from sdkwright.transforms.paths import Steps
    from sdkwright.transforms.work import Work


def run(transform: config.Transform, work: Work) -> None:
    """Carry one transform out."""
    match transform:
        case config.Remove():
            remove(transform.args, work)
        case config.Update():
            update(transform.args, work)
        case config.Merge():
            merge(transform.args, work)
        case config.Append():
            append(transform.args, work)
        case config.Copy():
            duplicate(transform.args, work)
        case config.Move():
            move(transform.args, work)
        case config.Rename():
            rename(transform.args, work)
        case config.ExtractToRefs():
            extract(transform.args, work)
        case config.RenameValue():
            name_in_code(transform.args, work)


def remove(args: config.RemoveArgs, work: Work) -> None:
    """Remove the targets, or members of them."""
    ways = work.select(args.target)
    if args.members is not None:
        objects = [steps for steps in ways if pointers.is_object(editing.at(work.document, steps))]
        members = [(*steps, key) for steps in objects for key in args.members]
        found = [way for way in members if editing.at(work.document, way) is not pointers.MISSING]
        if ways and not found:
            work.warn("no-match", "no target has any of these keys", "keys", "correct them, or remove the transform")
        ways = found
    if () in ways:
        work.error("root", "the whole document cannot be removed", "target", "name a node below `$`")
        return
    editing.drop(work.document, ways)


def update(args: config.UpdateArgs, work: Work) -> None:
    """Replace the targets; with `template`, put their old text into the new one."""
    for steps in work.select(args.target):
        present = editing.at(work.document, steps)
        if not steps:
            work.error("root", "the whole document cannot be replaced", "target", "name a node below `$`")
        elif not args.template:
            editing.put(work.document, steps, copy.deepcopy(args.value))
        elif isinstance(present, str):
            editing.put(work.document, steps, str(args.value).replace("{{value}}", present))
        else:
            _wrong_kind(steps, "text, as `template` needs it", work)


def merge(args: config.MergeArgs, work: Work) -> None:
    """Merge an object into the targets."""
    for steps in work.select(args.target):
        present = editing.at(work.document, steps)
        if pointers.is_object(present):
            editing.merge(present, cast("dict[str, object]", args.value))
        else:
            _wrong_kind(steps, "an object", work)


def append(args: config.AppendArgs, work: Work) -> None:
    """Add items to arrays and members to objects; what is there already is left as it is, with a warning."""
    for steps in work.select(args.target):
        present, value = editing.at(work.document, steps), cast("object", copy.deepcopy(args.value))
        if pointers.is_array(present):
            for item in value if pointers.is_array(value) else [value]:
                if item in present:
                    _there_already(steps, "this item", work)
                else:
                    present.append(item)
        elif pointers.is_object(present) and pointers.is_object(value):
            for key, item in value.items():
                if key in present:
                    _there_already(steps, f"`{key}`", work)
                else:
                    present[key] = item
        elif pointers.is_object(present):
            work.error("kind", "what is appended to an object must be an object", "value", "write keys and values")
        else:
            _wrong_kind(steps, "an array or an object", work)


def duplicate(args: config.CopyArgs, work: Work) -> None:
    """Copy a node to every destination."""
    source = work.one(args.source, "from")
    if source is None:
        return
    value = copy.deepcopy(editing.at(work.document, source))
    for expression in args.to:
        for steps in work.places(expression, "to"):
            _place(steps, copy.deepcopy(value), work)


def move(args: config.MoveArgs, work: Work) -> None:
    """Move a node, and let the references to it follow."""
    source = work.one(args.source, "from")
    destinations = work.places(args.to, "to") if source is not None else []
    if source is None or not destinations:
        return
    if len(destinations) > 1:
        work.error("ambiguous", f"{args.to} matches {len(destinations)} places, where one is needed", "to")
        return
    target = destinations[0]
    if target[: len(source)] == source or source[: len(target)] == target:
        work.error("inside", "a node cannot be moved into itself or onto what holds it", "to", "choose another place")
        return
    value = editing.at(work.document, source)
    _place(target, value, work)
    editing.drop(work.document, [source])
    refs.follow(work.document, pointers.join(source), pointers.join(target))


def rename(args: config.RenameArgs, work: Work) -> None:
    """Give members another key, and let the references to them follow."""
    path = work.path(args.name, "name") if args.name.startswith("$") else None
    name = args.name if path is None else path.last_key
    if name is None:
        work.error("path", f"{args.name} does not end in a key", "name", "write the new key alone")
        return
    for steps in work.select(args.target):
        parent = editing.at(work.document, steps[:-1]) if steps else None
        if not pointers.is_object(parent):
            _wrong_kind(steps, "a member of an object", work)
            continue
        old, target = str(steps[-1]), (*steps[:-1], name)
        if old != name and name in parent:
            _replaced(target, work)
        editing.rekey(parent, old, name)
        refs.follow(work.document, pointers.join(steps), pointers.join(target))


def extract(args: config.ExtractArgs, work: Work) -> None:
    """Make a component of the first target, and refer to it from there and from every equal one."""
    section: Steps = ("definitions",) if "swagger" in work.document else ("components", "schemas")
    *given, name = args.name.removeprefix("#/").split("/")
    home = (*(given or section), name)
    component = editing.at(work.document, home)
    for steps in work.select(args.target):
        present = editing.at(work.document, steps)
        if not pointers.is_object(present) or "$ref" in present or not steps:
            _wrong_kind(steps, "an inline schema", work)
            continue
        if component is pointers.MISSING:
            holder = _created(work.document, home[:-1])
            if holder is None:
                work.error("kind", f"{pointers.join(home[:-1])} of the document is no object", "name")
                return
            component = holder[name] = copy.deepcopy(present)
        if steps == home:
            continue
        if present == component:
            editing.put(work.document, steps, {"$ref": f"#{pointers.join(home)}"})
        else:
            message = f"{pointers.join(steps)} is not equal to the component {name}, and stays as it is"
            work.warn("different", message, "target", "extract it under a name of its own")


def name_in_code(args: config.RenameValueArgs, work: Work) -> None:
    """Write the names for code into `x-stainless-naming`."""
    for steps in work.select(args.target):
        present = editing.at(work.document, steps)
        if pointers.is_object(present):
            editing.merge(present, {"x-stainless-naming": cast("object", args.rename)})
        else:
            _wrong_kind(steps, "an object", work)


def _place(steps: Steps, value: object, work: Work) -> None:
    if not steps:
        work.error("root", "the whole document cannot be replaced", "to", "name a node below `$`")
        return
    if editing.at(work.document, steps) is not pointers.MISSING:
        _replaced(steps, work)
    editing.put(work.document, steps, value)


def _created(document: dict[str, object], steps: Steps) -> dict[str, object] | None:
    """The object at the end of the way, made if it is not there; None if something else is in its place."""
    node: object = document
    for step in steps:
        if not pointers.is_object(node):
            return None
        node = node.setdefault(str(step), {})
    return node if pointers.is_object(node) else None


def _wrong_kind(steps: Steps, wanted: str, work: Work) -> None:
    message = f"{pointers.join(steps) or 'the document'} is not {wanted}; it stays as it is"
    work.warn("kind", message, "target", "narrow the expression")


def _there_already(steps: Steps, what: str, work: Work) -> None:
    message = f"{pointers.join(steps)} has {what} already; it stays as it is"
    work.warn("exists", message, "value", "remove the transform if the document has been corrected")


def _replaced(steps: Steps, work: Work) -> None:
    message = f"there is something at {pointers.join(steps)} already; it is replaced"
    work.warn("exists", message, "to", "remove it first if that is meant")
