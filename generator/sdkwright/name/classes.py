"""Names of classes and aliases, and the modules that their roots ask for (SURFACE.md, "Types")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from sdkwright import pointers
from sdkwright.config.dialect import OURS, Dialect
from sdkwright.ir.api import Api
from sdkwright.ir.graph import Form, Usage
from sdkwright.ir.models import Object, PathStep, Position, RootKind, Step
from sdkwright.ir.symbols import Mode, Symbol
from sdkwright.ir.tree import SHARED_PATH
from sdkwright.name import reserved
from sdkwright.words import Casing

TYPES = "types"
SHARED, SHARED_PARAMS = f"{TYPES}.shared", f"{TYPES}.shared_params"
"""The packages of models that belong to no resource, as they are read and as they are sent."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an operation or a configured model belongs: its resource's path and its name there."""

    path: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a root form would like to be: a class name, a module stem and the package of both."""

    package: str
    stem: str
    name: str
    fallback: str
    """The class name to use if another root has the first one."""


@dataclass(slots=True)
class Classes:
    """Names every needed form of every declaration.

    `methods` places operations, `models` the schemas that a config lists; other components live in `types`.
    """

    api: Api
    use: Usage
    rings: tuple[tuple[Form, ...], ...]
    casing: Casing
    methods: Mapping[str, Placement]
    models: Mapping[str, Placement]
    dialect: Dialect = OURS
    renamed: dict[Form, str] = field(default_factory=dict[Form, str])
    """What roots that gave way to others would be called."""
    _qualified: dict[str, str] = field(default_factory=dict[str, str])
    _packages: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    _modules: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def name(self) -> dict[Form, Symbol]:
        """The symbol of every form in use."""
        roots = self._roots()
        found: dict[Form, Symbol] = {}
        nested: dict[Form, list[Form]] = {root: [] for root in roots}
        for form in sorted(self.use.forms):
            position = self.api.declarations[form[0]].position
            if position.steps:
                nested.setdefault((position.root, form[1]), []).append(form)
            else:
                found[form] = roots[form]
        for ring in self.rings:
            self._nested(ring, roots, nested, found)
        return found

    def _roots(self) -> dict[Form, Symbol]:
        """The symbols of all roots; those that only lend their module to nested declarations as well."""
        for path in {placement.path for placement in (*self.methods.values(), *self.models.values())}:
            for depth in range(1, len(path)):
                package = ".".join((TYPES, *path[: depth - 1]))
                self._modules.setdefault(package, set()).add(path[depth - 1].casefold())
        positions: dict[Form, Position] = {}
        for id, mode in self.use.forms:
            position = self.api.declarations[id].position
            positions.setdefault((position.root, mode), position)
        self._qualified.update(self._qualify(positions.values()))
        numbers = self._numbers(positions.values())
        wishes = {form: (position, self._wish(position, form[1], numbers)) for form, position in positions.items()}
        order = sorted(wishes, key=lambda form: self._priority(form, *wishes[form]))
        found = {form: self._place(wishes[form][1]) for form in order}
        for form, (position, _) in wishes.items():
            alone = self._wish(position, form[1], {}).name
            if alone != found[form].name:
                self.renamed[form] = alone
        return found

    def _qualify(self, positions: Iterable[Position]) -> Iterator[tuple[str, str]]:
        """What names the `$defs` of components that are called like others: the component and they."""
        alike: dict[str, set[tuple[str, str]]] = {}
        for position in positions:
            if position.kind is RootKind.COMPONENT:
                name = self.casing.pascal(position.name, "Model")
                alike.setdefault(name.casefold(), set()).add((position.root, position.name))
        for root, name in sorted(each for group in alike.values() if len(group) > 1 for each in group):
            steps = pointers.split(root)
            if steps[-2:-1] == ["$defs"] and steps[:2] == ["components", "schemas"]:
                yield root, f"{steps[2]} {name}"

    def _numbers(self, positions: Iterable[Position]) -> dict[str, int]:
        """The numbers of components whose classes would be called like that of another; both forms share it."""
        alike: dict[tuple[str, str], set[tuple[bool, str]]] = {}
        for position in positions:
            if position.kind is RootKind.COMPONENT:
                package, text = self._of_component(position, Mode.MODEL)
                name = self.casing.pascal(text, "Model")
                alike.setdefault((package, name.casefold()), set()).add((name != position.name, position.root))
        return {root: at + 1 for group in alike.values() for at, (_, root) in enumerate(sorted(group)) if at}

    def _of_component(self, position: Position, mode: Mode) -> tuple[str, str]:
        """The package of a component and what names it there."""
        placed = self.models.get(position.root)
        if placed is None:
            return TYPES, self._qualified.get(position.root, position.name)
        if self.dialect.shared_packages and placed.path == SHARED_PATH:
            return (SHARED if mode is Mode.MODEL else SHARED_PARAMS), placed.name
        return ".".join((TYPES, *placed.path[:-1])), placed.name

    def _priority(self, form: Form, position: Position, wish: _Wish) -> tuple[object, ...]:
        """Components come first, those spelled like their class before others, so that they keep their names.

        Of methods those come first whose resource has a singular as its name.
        """
        component = position.kind is RootKind.COMPONENT
        placed = self.methods.get(position.name)
        alike = wish.name == position.name or bool(placed and not any(map(self.casing.is_plural, placed.path[-1:])))
        return (not component, not alike, form[1] is Mode.PARAM, str(position.kind), form)

    def _wish(self, position: Position, mode: Mode, numbers: Mapping[str, int]) -> _Wish:
        match position.kind:
            case RootKind.PARAMS | RootKind.RESPONSE:
                return self._of_method(position)
            case RootKind.ERROR:
                return self._of_error(position)
            case RootKind.WEBHOOK:
                placed = self.methods.get(position.root, Placement((), position.name))
                package = ".".join((TYPES, *placed.path[:-1]))
                return self._plain(package, f"{placed.name} webhook event", mode)
            case RootKind.CALLBACK:
                return self._plain(TYPES, f"{position.name} callback event", mode)
            case RootKind.COMPONENT:
                package, text = self._of_component(position, mode)
                return self._plain(package, text, mode, numbers.get(position.root))

    def _plain(self, package: str, text: str, mode: Mode, number: int | None = None) -> _Wish:
        name = self.casing.pascal(text, "Model")
        stem = self.casing.snake(text, "model")
        if number:
            name, stem = f"{name}{number}", f"{stem}_{number}"
        apart = self.dialect.shared_packages and package == SHARED_PARAMS
        if mode is Mode.PARAM and not apart and not name.endswith(("Param", "Params")):
            stem = reserved.module_name(f"{stem}_param")
            name = reserved.class_name(name)
            return _Wish(package, stem, f"{name}Param", f"{name}InputParam")
        name = reserved.class_name(name)
        return _Wish(package, reserved.module_name(stem), name, f"{name}{'Model' if mode is Mode.MODEL else 'Param'}")

    def _of_method(self, position: Position) -> _Wish:
        placement = self.methods[position.name]
        *around, last = placement.path or ("client",)
        # An item of a page may be the root, which lies inside of the response then.
        what = position.root.removeprefix(f"{position.name}#").partition("|")[0].replace("-", " ")
        words = f"{self.casing.singular(last)} {placement.name} {what}"
        name = reserved.class_name(self.casing.pascal(words))
        above = [*(self.casing.singular(part) for part in around), last, placement.name, what]
        fallback = reserved.class_name(self.casing.pascal(" ".join(above)))
        return _Wish(".".join((TYPES, *around)), reserved.module_name(self.casing.snake(words)), name, fallback)

    def _of_error(self, position: Position) -> _Wish:
        if "#" not in position.root:
            text = position.name if position.name.lower().endswith(("error", "response")) else f"{position.name} error"
            text = f"error {position.name}" if position.name.isdecimal() else text
            return self._plain(TYPES, text, Mode.MODEL)
        placement = self.methods[position.name]
        *around, last = placement.path or ("client",)
        status = position.root.rsplit("-", 1)[-1]
        words = f"{self.casing.singular(last)} {placement.name} {'' if status == 'default' else status} error"
        name = reserved.class_name(self.casing.pascal(words))
        return _Wish(
            ".".join((TYPES, *around)),
            reserved.module_name(self.casing.snake(words)),
            name,
            f"{name}Body",
        )

    def _place(self, wish: _Wish) -> Symbol:
        names = self._packages.setdefault(self._namespace(wish.package), set())
        modules = self._modules.setdefault(wish.package, set())
        name = reserved.free(wish.name if wish.name.casefold() not in names else wish.fallback, names)
        stem = wish.stem
        if name != wish.name:
            number = name.removeprefix(wish.fallback).lstrip("_")
            stem = reserved.module_name("_".join(filter(None, (self.casing.snake(wish.fallback), number))))
        if stem.casefold() in modules:
            stem = reserved.free(f"{stem}_model", modules)
        names.add(name.casefold())
        modules.add(stem.casefold())
        return Symbol(name, f"{wish.package}.{stem}")

    def _namespace(self, package: str) -> str:
        """The package in which the names of one have to differ: `types` offers those of `types.shared` as well."""
        return TYPES if self.dialect.shared_packages and package == SHARED else package

    def _nested(
        self,
        ring: tuple[Form, ...],
        roots: Mapping[Form, Symbol],
        nested: Mapping[Form, Iterable[Form]],
        found: dict[Form, Symbol],
    ) -> None:
        """Name what is nested in a group of roots that share a module; a name in use gets its root's before it."""
        taken = {roots[root].name.casefold() for root in ring if root in roots}
        for root in ring:
            for form in sorted(nested.get(root, ()), key=lambda form: (len(self._steps(form)), form)):
                name = self._nested_name(form, root, roots[root].name)
                if name.casefold() in taken:
                    name = reserved.free(reserved.class_name(roots[root].name + name), taken)
                taken.add(name.casefold())
                found[form] = Symbol(name, roots[root].module)

    def _steps(self, form: Form) -> tuple[PathStep, ...]:
        return self.api.declarations[form[0]].position.steps

    def _nested_name(self, form: Form, root: Form, root_name: str) -> str:
        declaration = self.api.declarations.get(root[0])
        inherits = isinstance(declaration, Object) and bool(declaration.bases)
        if inherits and self.dialect.stated_names and form[1] is Mode.PARAM:
            root_name = root_name.removesuffix("Param")  # parts are called alike in both forms
        name, last = (root_name, root_name) if inherits else ("", "")
        steps = self._steps(form)
        for step, following in zip_longest(steps, steps[1:]):
            own = self._piece(step, lists=following is not None and following.kind is Step.ITEM)
            if step.kind is Step.FORM:
                name = root_name + own
            elif step.kind is Step.VARIANT:
                before = name or (root_name if _is_relative(step.text) and not self.models else "")
                name = self._with_variant(before, last, own) if own else (name or root_name) + "Item"
            else:
                name = name + own or self._item_of(root_name, step)
            last = own or last
        return reserved.class_name(name)

    def _item_of(self, root_name: str, step: PathStep) -> str:
        """An item of a root that is a list, or a value of one that is a map."""
        if self.dialect.stated_names and step.kind is Step.ITEM:
            root_name = self.casing.pascal(self.casing.singular(root_name))
        return f"{root_name}Item"

    def _piece(self, step: PathStep, *, lists: bool) -> str:
        """What one step adds: a property's name (in the singular for what it lists), a variant's, or nothing."""
        match step.kind:
            case Step.PROPERTY:
                return self.casing.pascal(self.casing.singular(step.text) if lists else step.text, "Field")
            case Step.VARIANT:
                text = self.casing.singular(step.text) if lists else step.text
                return self.casing.pascal(text, "Member") if text else ""
            case Step.FORM:
                return self.casing.pascal(step.text)
            case Step.ITEM | Step.VALUE:
                return ""

    def _with_variant(self, name: str, last: str, own: str) -> str:
        """A variant's name behind what it is a variant of, unless it says that itself.

        `Tracing` and `TracingConfig` give `TracingConfig`. Packages whose config lists models keep the plain
        concatenation that their users know.
        """
        if name and own.endswith(name):
            return own
        if not self.models and last and own != last and (own.startswith(last) or own.endswith(last)):
            return name.removesuffix(last) + own
        return name + own


def _is_relative(variant: str) -> bool:
    """Whether the name of a variant means nothing without what it is a variant of."""
    return variant in {"Object", "Plain", "Value"} or variant.startswith("With ")
