"""The prose of a package: README, `api.md`, and what they are made of."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sdkwright.config import Config
from sdkwright.ir.types import STRING
from sdkwright.prose import first_sentence
from sdkwright.render.package import render
from unit.render.tiny import API, NAMES, TREE, body_field, tiny_plan


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# Museum of Words\n\nAn API for people. More of it.", "An API for people."),
        ("# Museum\nAn API of [words](https://x.example).", "An API of words."),
        ("Museum\n======\n\n**Words**, in `print`.", "Words, in print."),
        ("<p>x</p>\n\n![logo](x.png)\n\n| a |\n\n```\ncode\n```\n\nText, e.g. this. Not this.", "Text, e.g. this."),
        ("# Only a heading", ""),
        ("", ""),
    ],
)
def test_the_first_sentence_is_the_first_prose(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


@pytest.mark.parametrize(
    ("title", "client", "shown"),
    [
        ("grand-hotel", "GrandHotel", "Grand Hotel"),
        ("openai", "OpenAI", "OpenAI"),
        ("sso_gateway", "SSOGateway", "SSO Gateway"),
        ("Tiny API", "Tiny", "Tiny API"),
    ],
)
def test_a_slug_is_shown_as_a_name(title: str, client: str, shown: str) -> None:
    names = replace(NAMES, client=replace(NAMES.client, title=title, client=client))
    assert render(tiny_plan(names=names), {})["README.md"].startswith(f"# {shown}\n")


@pytest.mark.parametrize(
    ("timeout", "shown"), [("60s", "60 seconds"), ("2m", "2 minutes"), ("90s", "90 seconds"), ("2h", "2 hours")]
)
def test_durations_are_in_words(timeout: str, shown: str) -> None:
    config = Config.model_validate({"client_settings": {"default_timeout": timeout}})
    readme = " ".join(render(tiny_plan(config), {})["README.md"].split())
    assert f"A server that sends nothing for {shown} has timed out." in readme


@pytest.mark.parametrize(("retries", "shown"), [(0, "are not retried."), (1, "retried once,"), (3, "retried 3 times,")])
def test_retries_are_in_words(retries: int, shown: str) -> None:
    config = Config.model_validate({"client_settings": {"default_retries": {"max_retries": retries}}})
    assert shown in render(tiny_plan(config), {})["README.md"]


def test_environments_are_explained() -> None:
    config = Config.model_validate({"environments": {"live": "https://a.example", "test": "https://b.example"}})
    assert "| `test` | `https://b.example` |" in render(tiny_plan(config), {})["README.md"]


def test_every_type_stands_in_the_page_once_with_the_first_resource_that_names_it() -> None:
    page = render(tiny_plan(), {})["api.md"]
    resources, _, others = page.partition("# Further types")
    listed = "".join(re.findall("```python.*?```", page, re.DOTALL))
    for name in ("Animal", "AnimalParam", "Pet", "Cat", "CatParam", "Problem"):
        assert len(re.findall(rf"\b{name}\b", listed)) == 1, name
    for name in ("Animal", "AnimalParam", "CatParam", "Problem"):
        assert re.search(rf"\b{name}\b", resources), name
    assert "DogParam" not in others
    assert not page.endswith("\n\n")


def test_a_page_of_constants_speaks_of_the_variables_of_the_package() -> None:
    constants = render(tiny_plan(), {})["src/tiny/_constants.py"]
    assert "TINY_LOG" in constants
    assert "EXAMPLE" not in constants


def test_a_long_example_has_a_line_for_each_argument() -> None:
    wires = tuple(f"quiteLongName{number}" for number in range(6))
    key = "post /pets"
    fields = tuple(body_field(wire, STRING) for wire in wires)
    operations = tuple(replace(each, arguments=fields) if each.key == key else each for each in API.operations)
    names = replace(NAMES, arguments={**NAMES.arguments, key: wires})
    readme = render(tiny_plan(api=replace(API, operations=operations), names=names), {})["README.md"]
    assert 'client.pets.create(\n    quiteLongName0="quiteLongName0",\n' in readme
    assert 'client.pets.create(\n            quiteLongName0="quiteLongName0",\n' in readme
    assert all(len(line) <= 120 for line in readme.splitlines())


def example_of(*keys: str) -> str:
    """What the README starts with in an API of these operations alone."""
    operations = tuple(each for each in API.operations if each.key in keys)
    (pets,) = TREE.children
    methods = tuple(node for node in pets.methods if node.operation in keys)
    tree = replace(TREE, methods=(), children=(replace(pets, methods=methods, children=()),))
    readme = render(tiny_plan(tree=tree, api=replace(API, operations=operations)), {})["README.md"]
    return readme.partition("## Use")[2].partition("Objects that you send")[0]


def test_the_first_example_returns_something_if_a_method_does() -> None:
    assert "result = client.pets.create(" in example_of("post /pets", "get /events", "delete /pets/{petId}")
    shown = example_of("get /events", "delete /pets/{petId}")
    assert "\nclient.pets.delete(" in shown
    assert "print" not in shown
    assert "        await client.pets.delete(" in shown


def test_a_stream_as_first_example_is_read_and_closed() -> None:
    shown = example_of("get /events")
    assert "with client.pets.watch() as stream:\n    for event in stream:" in shown
    assert "async with await client.pets.watch() as stream:" in shown
    assert "import" in example_of()
    assert "await" not in example_of()
