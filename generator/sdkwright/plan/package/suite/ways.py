"""The ways to call a method: with what it needs, and with everything that it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sdkwright.ir.operations import Argument
from sdkwright.ir.tree import MethodNode
from sdkwright.ir.types import STRING, Json
from sdkwright.plan.package.configured import method_arguments, method_forms, method_operation
from sdkwright.plan.package.context import Context, is_constant
from sdkwright.plan.package.methods import find_switch
from sdkwright.plan.package.parameters import Named
from sdkwright.plan.package.samples import NoSample, sample
from sdkwright.plan.package.spelling import Spelling
from sdkwright.text import Code, code, join


@dataclass(frozen=True, slots=True)
class Way:
    """One way to call a method, by the arguments as they are written.

    `whole` is empty where there is no more to give than is `needed`. `emptied` has, for each path parameter of text,
    its name and the arguments with that one empty.
    """

    suffix: Code
    needed: Code
    whole: Code
    emptied: tuple[tuple[Code, Code], ...]
    streams: bool = False


def ways(spelling: Spelling, node: MethodNode, *, paged: bool) -> Iterator[Way]:
    """The ways to call a method: one, or one for each overload. Raises `NoSample` if an argument has no value."""
    context = spelling.context
    operation = method_operation(context, node)
    arguments = list(method_arguments(context, node))
    switch = None if paged else find_switch(operation, arguments)
    writer = _Writer(spelling)
    if switch is not None:
        others = [(argument, name) for argument, name in arguments if argument is not switch.argument]
        given = {True: code("{}=True", switch.name), False: code("{}=False", switch.name)}
        required = switch.argument.required
        off = writer.way(others, Code("_overload_1"), [given[False]] if required else [], [given[False]])
        on = writer.way(others, Code("_overload_2"), [given[True]], [given[True]], streams=True)
        yield from (off, on)
        return
    forms = method_forms(context, node)
    if not forms:
        yield writer.way(_without_constants(arguments), Code(), [], writer.constants(arguments))
    for index, form in enumerate(forms, 1):
        yield writer.way(form, code("_overload_{}", index), [], [])


def _without_constants(arguments: list[Named]) -> list[Named]:
    """The arguments but those that have themselves as default: what is constant is given only to give everything."""
    return [(argument, name) for argument, name in arguments if not _has_default(argument)]


def _has_default(argument: Argument) -> bool:
    return argument.required and argument.place != "path" and is_constant(argument.type)


@dataclass(frozen=True, slots=True)
class _Writer:
    spelling: Spelling

    @property
    def context(self) -> Context:
        return self.spelling.context

    def way(
        self,
        arguments: Iterable[Named],
        suffix: Code,
        needed: list[Code],
        whole: list[Code],
        *,
        streams: bool = False,
    ) -> Way:
        """One way, with further arguments that are always given, and that are given with everything."""
        named = list(arguments)
        least = [(each, self._given(*each)) for each in named if each[0].required]
        most = [self._given(*each, whole=True) for each in named if each[0].required]
        most += list(self._optional(named))
        emptied = tuple(
            (
                empty[1],
                join(
                    ", ", [*(code('{}=""', name) if name == empty[1] else text for (_, name), text in least), *needed]
                ),
            )
            for empty in named
            if empty[0].place == "path" and STRING in self.context.leaves(empty[0].type)
        )
        shortest, longest = [*(text for _, text in least), *needed], [*most, *whole]
        more = sorted(shortest) != sorted(longest)
        return Way(suffix, join(", ", shortest), join(", ", longest) if more else Code(), emptied, streams)

    def constants(self, arguments: list[Named]) -> list[Code]:
        """The arguments that need not be given, because they are constant."""
        return [self._given(*each) for each in arguments if _has_default(each[0])]

    def _optional(self, arguments: list[Named]) -> Iterator[Code]:
        for argument, name in arguments:
            if not argument.required:
                try:
                    yield self._given(argument, name, whole=True)
                except NoSample:
                    continue

    def _given(self, argument: Argument, name: Code, *, whole: bool = False) -> Code:
        value: Json = sample(self.context, argument.type, argument.wire, argument.example, whole=whole)
        return code("{}={}", name, self.spelling.spell(argument.type, value))
