"""Responses: typed straight from bytes, and as far as they go when they do not match."""

from __future__ import annotations

import json
import pickle
import warnings
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

import httpx2 as httpx
import pytest
from pydantic import Field
from sdk_runtime._exceptions import APIResponseValidationError
from sdk_runtime._lenient import Lenient
from sdk_runtime._models import BaseModel, ByTag, ResponseProblem, SpelledDate, SpelledDatetime, UnknownVariant
from sdk_runtime._parse import parse_content
from sdk_runtime._validators import validator_for
from typing_extensions import TypeAliasType


class TextPart(BaseModel):
    type: Literal["text"]
    text: str


class ImagePart(BaseModel):
    type: Literal["image"]
    url: str
    width: int | None = None


Part = Annotated[TextPart | ImagePart, Field(discriminator="type")]


class OtherPart(BaseModel):
    text: str | None = None


AnyPart = Annotated[
    TextPart | ImagePart | OtherPart, ByTag("type", {"text": TextPart, "image": ImagePart}, default=OtherPart)
]


class Dog(BaseModel):
    bark: str
    legs: int


class Cat(BaseModel):
    meow: str
    legs: int


class Item(BaseModel):
    id: str
    status: Literal["new", "done"] = "new"
    created: datetime | None = None
    parts: list[Part] | None = None
    children: list[Item] | None = None
    labels: dict[str, int] | None = None
    pet: Dog | Cat | None = None
    short: Annotated[str, Field(max_length=3)] = ""
    camel_case: str | None = Field(default=None, alias="camelCase")


Tree = TypeAliasType("Tree", "dict[str, Tree] | TextPart")


class Garden(BaseModel):
    tree: Tree


T = TypeVar("T")


class Envelope(BaseModel, Generic[T]):
    data: T


def parse(
    body: bytes,
    cast_to: Any = Item,
    *,
    strict: bool = False,
    content_type: str = "application/json",
) -> Any:
    request = httpx.Request("GET", "https://api.example.com/x")
    response = httpx.Response(
        200,
        headers={"content-type": content_type, "x-request-id": "r1"},
        content=body,
        request=request,
    )
    return parse_content(response, cast_to, strict=strict)


def problems(model: Any) -> list[str]:
    return [str(problem) for problem in model._response_problems]


def test_a_matching_body_has_no_problems_and_its_request_id() -> None:
    item = parse(b'{"id":"1","camelCase":"x","extra":{"a":1}}')
    assert (item.id, item.camel_case, item.extra, item._request_id) == ("1", "x", {"a": 1}, "r1")
    assert item._response_problems == ()


def test_an_unknown_enum_value_is_kept() -> None:
    item = parse(b'{"id":"1","status":"archived"}')
    assert item.status == "archived"
    assert item._response_problems == (ResponseProblem(("status",), "Input should be 'new' or 'done'"),)


class Lamp(BaseModel):
    color: Literal["red", "blue"]


class RedLamp(BaseModel):
    color: Literal["red"]


@pytest.mark.parametrize("kind", [Literal["new", "done"], Literal["off"] | Lamp])
def test_a_response_that_is_an_enum_may_have_got_a_new_value(kind: Any) -> None:
    assert parse(b'"archived"', kind) == "archived"
    with pytest.raises(APIResponseValidationError):
        parse(b'"archived"', kind, strict=True)
    with pytest.raises(APIResponseValidationError):
        parse(b"3", kind)


def test_an_enum_of_the_only_object_of_a_union_is_no_tag() -> None:
    lamp = parse(b'{"color":"pink"}', Literal["off"] | Lamp)
    assert type(lamp) is Lamp
    assert [problem.path for problem in lamp._response_problems] == [("color",)]
    assert type(parse(b'{"color":"pink"}', Literal["off"] | RedLamp)) is UnknownVariant


def test_a_known_member_with_a_wrong_field_keeps_its_class() -> None:
    item = parse(b'{"id":"1","parts":[{"type":"image","url":5}]}')
    assert type(item.parts[0]) is ImagePart and item.parts[0].url == 5
    assert problems(item.parts[0]) == ["parts.0.url: Input should be a valid string"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"bark":"w","legs":"many"}', Dog),
        (b'{"meow":"m","legs":"many"}', Cat),
        (b'{"hiss":"s","legs":0}', UnknownVariant),
        (b'{"bark":"w","meow":"m","legs":"many"}', UnknownVariant),
    ],
)
def test_a_union_without_discriminator_goes_by_what_is_required(body: bytes, expected: type) -> None:
    assert type(parse(b'{"id":"1","pet":' + body + b"}").pet) is expected


class Fish(BaseModel):
    type: Literal["fish"]
    ponds: list[Garden]


class Bird(BaseModel):
    type: Literal["bird"]
    nest: Garden


def test_the_members_of_a_union_that_do_not_fit_are_not_built() -> None:
    found = parse(b'{"type":"bird","nest":3}', Fish | Bird)
    assert type(found) is Bird and problems(found) == ["nest: Input should be an object"]
    assert Bird.__pydantic_complete__ and not Fish.__pydantic_complete__


def test_a_missing_field_is_none_and_a_problem() -> None:
    item = parse(b'{"status":"done"}')
    assert item.id is None
    assert problems(item) == ["id: Field required"]
    assert "id" not in item.model_fields_set


def test_everything_around_a_problem_is_typed() -> None:
    item = parse(b'{"id":7,"created":"2026-01-02T03:04:05Z","children":[{"id":"c","labels":{"a":"x","b":"2"}}]}')
    assert item.id == 7
    assert isinstance(item.created, datetime)
    assert type(item.children[0]) is Item
    assert item.children[0].labels == {"a": "x", "b": 2}


def test_a_violated_bound_is_a_problem_and_the_value_stays() -> None:
    item = parse(b'{"id":"1","short":"too long"}')
    assert item.short == "too long"
    assert problems(item) == ["short: String should have at most 3 characters"]


def test_strict_validation_raises_instead() -> None:
    with pytest.raises(APIResponseValidationError, match="status: Input should be") as raised:
        parse(b'{"id":"1","status":"archived"}', strict=True)
    assert raised.value.body == {"id": "1", "status": "archived"}


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"<html><body>Log in</body></html>", "text/html", "it is not JSON .it looks like HTML."),
        (b"<html>", "application/json", "looks like HTML"),
        (b"", "application/json", "the body is empty"),
        (b'{"id": "1"', "application/json", "it is not JSON"),
        (b'{"id": "\xff"}', "application/json", "it is not JSON"),
        (b"[" * 100_000, "application/json", "it is not JSON"),
        (b'{"id": ' + b"9" * 2_000_000 + b"}", "application/json", "it is not JSON"),
        (b"[]", "application/json", "Input should be"),
        (b'"text"', "application/json", "Input should be"),
        (b'{"id": 1}', "application/json; charset=utf-16", "not valid in its charset"),
    ],
)
def test_a_body_that_is_no_such_thing_raises_without_showing_it(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(APIResponseValidationError, match=reason) as raised:
        parse(body, content_type=content_type)
    chain = f"{raised.value}{raised.value.__cause__!r}"
    assert "Log in" not in chain and "999" not in chain and '"text"' not in chain
    assert raised.value.__cause__ is not None


def test_json_behind_a_byte_order_mark_or_in_a_named_charset_is_read() -> None:
    assert parse(b'\xef\xbb\xbf{"id":"1"}').id == "1"
    body = '{"id":"é"}'
    assert parse(body.encode("utf-16"), content_type="application/json; charset=utf-16").id == "é"


def test_deep_nesting_with_a_fault_at_its_end_is_lenient_or_a_typed_error() -> None:
    for depth in (10, 30, 60, 95):
        body = b'{"id":"1","children":[' * depth + b'{"id":1}' + b"]}" * depth
        try:
            assert parse(body).children[0].id == "1" or depth == 0
        except APIResponseValidationError as error:
            assert "nested too deeply" in str(error)


def test_an_empty_body_is_none_where_the_type_allows_it() -> None:
    assert parse(b"", Item | None) is None
    assert parse(b" ", Item | None, strict=True) is None


def test_plain_results() -> None:
    assert parse(b"x", type(None)) is None
    assert parse(b"\x00\xff", bytes) == b"\x00\xff"
    assert parse("é".encode(), str, content_type="text/plain") == "é"
    assert parse(b'"a\\nb"', str) == "a\nb"
    assert parse(b"true", bool) is True
    assert parse(b'[{"id":"1"}]', list[Item])[0].id == "1"
    assert parse(b'{"a":1}', object) == {"a": 1}
    with pytest.raises(APIResponseValidationError, match="not valid utf-8"):
        parse(b"\xff", str, content_type="text/plain")


def test_lists_of_models_keep_each_items_own_problems() -> None:
    good, bad = parse(b'[{"id":"1"},{"id":"2","status":"?"}]', list[Item])
    assert good._response_problems == ()
    assert problems(bad) == ["1.status: Input should be 'new' or 'done'"]


def test_a_lenient_object_goes_back_as_it_came_without_warnings() -> None:
    body = b'{"id":"1","status":"?","parts":[{"type":"video","u":1}],"camelCase":"x","more":[1]}'
    item = parse(body)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert validator_for(object).validate_json(item.to_json().encode()) == validator_for(object).validate_json(body)
        assert item.to_dict(mode="json") == validator_for(object).validate_json(body)
    assert item.to_dict(use_api_names=False)["camel_case"] == "x"


def test_models_pickle_and_compare_by_their_fields() -> None:
    item = parse(b'{"id":"1","status":"?","parts":[{"type":"video"}]}')
    again = pickle.loads(pickle.dumps(item))
    assert again == item
    assert again.parts[0].raw == {"type": "video"}


def test_generic_models_are_lenient_too() -> None:
    envelope = parse(b'{"data":{"id":"1","status":"?"}}', Envelope[Item])
    assert type(envelope.data) is Item and envelope.data.status == "?"


def test_a_ring_of_300_models_is_built_on_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    from types import ModuleType

    module = ModuleType("ring_of_models")
    names = [f"Link{number}" for number in range(300)]
    bodies = [
        f"class {name}(BaseModel):\n    next: {names[(number + 1) % 300]} | None = None\n"
        for number, name in enumerate(names)
    ]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    module.__dict__["BaseModel"] = BaseModel
    exec("from __future__ import annotations\n" + "\n".join(bodies), module.__dict__)
    limit = sys.getrecursionlimit()
    link = validator_for(module.__dict__["Link0"]).validate_json(b'{"next": {"next": {"next": null}}}')
    assert type(link.next.next).__name__ == "Link2"
    assert sys.getrecursionlimit() == limit


class One(BaseModel):
    what: int


class Results(BaseModel):
    results: list[One | Dog]


@pytest.mark.parametrize("kind", [One | int, One | Dog, One | list[int]])
def test_a_member_with_a_single_field_fits_by_it(kind: Any) -> None:
    found = parse(b'{"what":"no number"}', kind)
    assert type(found) is One and problems(found)[0].startswith("what: Input should be a valid integer")


def test_a_list_of_members_with_a_single_field_keeps_its_class_beside_a_stranger() -> None:
    found = parse(b'{"results":[{"what":1},{"who":2},{"bark":"wuff","legs":"four"}]}', Results | int)
    assert [type(each) for each in found.results] == [One, UnknownVariant, Dog]


def test_an_alias_that_refers_to_itself_is_looked_into() -> None:
    value = {"tree": {"left": {"type": "text", "text": "leaf"}, "right": {"deep": {"type": "unknown"}}}}
    assert Lenient().build(Garden, value).to_dict() == value


class Percolate(BaseModel):
    name: str | None = Field(default=None, alias="_name")
    name_2: str | None = Field(default=None, alias="name")
    size: int | None = None


@pytest.mark.parametrize("body", [b'{"name": "a"}', b'{"_name": "a"}', b'{"name": "a", "size": "many"}'])
def test_a_property_that_is_spelled_like_the_attribute_of_another_is_not_taken_for_it(body: bytes) -> None:
    assert parse(body, Percolate).to_dict() == json.loads(body)


@pytest.mark.parametrize(
    ("body", "expected", "problems"),
    [
        ({"type": "text", "text": "a"}, TextPart, 0),
        ({"type": "sound", "text": "a"}, OtherPart, 0),
        ({"text": "a"}, OtherPart, 0),
        ({"type": ["text"], "text": "a"}, OtherPart, 0),
        ({"type": "text", "text": 1}, TextPart, 1),
        ({"type": "text"}, TextPart, 1),
        ({"type": "sound", "text": 1}, OtherPart, 1),
    ],
)
def test_a_default_member_has_what_no_other_is_named_for(
    body: dict[str, object], expected: type, problems: int
) -> None:
    """A known tag is never read as the default's, whatever else is wrong."""

    class Message(BaseModel):
        part: AnyPart | str | None
        parts: list[AnyPart]

    message = parse(json.dumps({"part": body, "parts": [body]}).encode(), Message)
    assert message.part is not None
    for part in (message.part, *message.parts):
        assert type(part) is expected
        assert len(part._response_problems) == problems
    assert json.loads(message.to_json()) == {"part": body, "parts": [body]}


class PlainField(BaseModel):
    type: Literal["plain"] | None = None
    fields: dict[str, AnyField] | None = None


class NestedField(BaseModel):
    type: Literal["nested"] | None = None
    depth: int
    fields: dict[str, AnyField] | None = None


class KeywordField(BaseModel):
    type: Literal["keyword"]
    fields: dict[str, AnyField] | None = None


AnyField = TypeAliasType(
    "AnyField",
    "Annotated[PlainField | NestedField | KeywordField, ByTag("
    '"type", {"plain": PlainField, "nested": NestedField, "keyword": KeywordField}, absent=(PlainField, NestedField))]',
)


@pytest.mark.parametrize(
    ("body", "expected", "problems"),
    [
        ({"type": "plain"}, PlainField, 0),
        ({"type": "keyword"}, KeywordField, 0),
        ({"type": "nested", "depth": 1}, NestedField, 0),
        ({"depth": 1}, NestedField, 0),
        ({}, PlainField, 0),
        ({"type": None}, PlainField, 0),
        ({"type": "nested", "depth": "deep"}, NestedField, 1),
        ({"type": "keyword", "fields": 1}, KeywordField, 1),
        ({"type": "new"}, UnknownVariant, 1),
        ({"type": 3}, UnknownVariant, 1),
        ({"fields": 1}, PlainField, 1),
    ],
)
def test_without_its_tag_an_object_is_one_of_the_members_that_do_not_require_it(
    body: dict[str, object], expected: type, problems: int
) -> None:
    class Mapping(BaseModel):
        field: AnyField
        fields: list[AnyField]

    mapping = parse(json.dumps({"field": body, "fields": [body]}).encode(), Mapping)
    for field in (mapping.field, *mapping.fields):
        assert type(field) is expected
        assert len(field._response_problems) == problems
    assert json.loads(mapping.to_json()) == {"field": body, "fields": [body]}
    assert Mapping(field=NestedField(depth=1), fields=[]).field == NestedField(depth=1)


def test_members_with_tags_are_nested_at_no_cost_that_multiplies() -> None:
    body: dict[str, object] = {"type": "keyword"}
    for _ in range(60):
        body = {"type": "nested", "depth": 1, "fields": {"a": body}}
    assert parse(json.dumps(body).encode(), AnyField)._response_problems == ()


def test_a_default_member_takes_no_other_kind_of_value() -> None:
    class Message(BaseModel):
        part: AnyPart

    message = parse(b'{"part": "text"}', Message)
    assert message.part == "text"
    assert [str(problem) for problem in message._response_problems]


def test_a_union_with_a_default_member_takes_instances() -> None:
    class Message(BaseModel):
        part: AnyPart

    for part in (TextPart(type="text", text="a"), OtherPart(text="b")):
        assert Message(part=part).part is part


def test_a_union_inside_a_union_keeps_its_discriminator() -> None:
    class Message(BaseModel):
        part: Part | list[Part] | None

    assert type(parse(b'{"part": {"type": "text"}}', Message).part) is TextPart
    assert type(parse(b'{"part": {"type": "sound"}}', Message).part) is UnknownVariant


class Instant(BaseModel):
    value: SpelledDatetime


class Word(BaseModel):
    value: str


NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (SpelledDatetime | str, "12", "12"),
        (SpelledDatetime | str, "2026-05-01T12:00:00Z", NOON),
        (SpelledDatetime | str, "2026-05 or so", "2026-05 or so"),
        (SpelledDate | str | None, "0", "0"),
        (SpelledDate | str | None, "2026-05-01", date(2026, 5, 1)),
        (SpelledDate | str | None, None, None),
    ],
)
def test_a_bare_number_is_no_date_where_it_may_be_text(kind: Any, text: str | None, expected: object) -> None:
    found = parse(json.dumps([text]).encode(), list[kind])
    assert found == [expected]


def test_of_two_objects_the_one_with_the_text_takes_a_bare_number() -> None:
    assert parse(b'{"value":"12"}', Instant | Word) == Word(value="12")
    assert parse(b'{"value":"2026-05-01T12:00:00Z"}', Instant | Word) == Instant(value=NOON)
    assert json.loads(Instant(value=NOON).to_json()) == {"value": "2026-05-01T12:00:00Z"}


def test_a_number_where_only_a_date_may_be_stays_as_it_came() -> None:
    found = parse(b'{"value":"12"}', Instant)
    assert found.value == "12" and [problem.path for problem in found._response_problems] == [("value",)]
