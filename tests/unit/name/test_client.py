"""Names of the package, its distribution, its client and its environment variables."""

from __future__ import annotations

import builtins
import keyword
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sdkwright.ir.names import ClientNames
from sdkwright.ir.tree import ResourceNode
from sdkwright.name import client_names, resource_names
from sdkwright.words import casing

PLAIN = casing()


def named(title: str, stem: str = "openapi", **config: str) -> ClientNames:
    return client_names(title, stem, PLAIN, **config)


@pytest.mark.parametrize(
    ("title", "package", "client"),
    [
        ("OpenAI API", "openai", "OpenAI"),
        ("Discord HTTP API (Preview)", "discord", "Discord"),
        ("Twilio - Conversations", "twilio_conversations", "TwilioConversations"),
        ("E2B API v1.2", "e2b", "E2B"),
        ("PETSTORE", "petstore", "Petstore"),
        ("Name Service", "name_service", "NameService"),
        ("Record Shop Service API", "record_shop", "RecordShop"),
        ("Redocly's Museum API", "redocly_museum", "RedoclyMuseum"),
        ("Café Menü", "cafe_menu", "CafeMenu"),
        ("The Poem of the Day API", "poem_of_the_day", "PoemOfTheDay"),
        ("Straße nach Ærø", "strasse_nach_aero", "StrasseNachAero"),
        ("東京 Transit", "transit", "Transit"),
        ("\uff21\uff23\uff2d\uff25", "acme", "ACME"),
    ],
)
def test_a_title_without_its_noise_names_package_and_client(title: str, package: str, client: str) -> None:
    names = named(title)
    assert (names.package, names.client) == (package, client)
    assert (names.project, names.env_prefix) == (package.replace("_", "-"), package.upper())


def test_the_prefix_of_variables_can_be_told() -> None:
    assert named("Acme", organization="AcmeCorp").env_prefix == "ACME_CORP"
    assert named("Acme", organization="AcmeCorp", env_prefix="ACMECORP").env_prefix == "ACMECORP"


@pytest.mark.parametrize(
    ("title", "stem", "package"),
    [
        ("東京", "transit-map", "transit_map"),
        ("", "petstore", "petstore"),
        ("REST API", "petstore", "petstore"),
        ("東京", "openapi", "api"),
        ("", "東京", "api"),
        ("REST API", "openapi", "rest_api"),
    ],
)
def test_a_title_that_says_nothing_in_ascii_leaves_it_to_the_file(title: str, stem: str, package: str) -> None:
    assert named(title, stem).package == package


def test_a_leading_digit_gets_a_word_in_front() -> None:
    assert named("3D Printer") == ClientNames(
        "api_3d_printer", "api-3d-printer", "API3DPrinter", "API_3D_PRINTER", "3D Printer"
    )
    assert named("", "2fa").package == "api_2fa"
    assert named("x", organization="3d-hub").client == "API3dHub"


@pytest.mark.parametrize(
    "title", ["json", "OS", "typing", "pydantic", "httpx2", "anyio", "typing extensions", "distutils"]
)
def test_a_package_hides_no_module_of_python_or_of_a_dependency(title: str) -> None:
    names = named(title)
    snake = title.lower().replace(" ", "_")
    assert names.package == f"{snake}_sdk"
    assert names.project == names.package.replace("_", "-")
    assert names.env_prefix == snake.upper()


@pytest.mark.parametrize("title", ["class", "match", "aux"])
def test_a_package_is_no_keyword_and_no_device(title: str) -> None:
    assert named(title).package == f"{title.lower()}_sdk"
    assert named(title).project == f"{title.lower()}-sdk"


@pytest.mark.parametrize("title", ["Exception", "Stream", "Timeout", "API", "Rate Limit", "None"])
def test_a_client_and_its_error_hide_no_class_of_their_package(title: str) -> None:
    client = named(title).client
    assert client == title.replace(" ", "") + "SDK"
    assert not {client, f"{client}Error", f"Async{client}"} & set(dir(builtins))


def test_what_a_config_gives_is_taken_as_it_is() -> None:
    given_names = named("Some Title", organization="Café Royal", package="cafe", project="Cafe.Royal")
    assert given_names == ClientNames("cafe", "Cafe.Royal", "CafeRoyal", "CAFE_ROYAL", "Café Royal")
    assert named("Petstore", organization="東京").client == "Petstore"
    assert named("x", package="my__pkg_").project == "my-pkg"


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_every_title_gives_names_that_every_tool_accepts(title: str, stem: str, organization: str) -> None:
    names = named(title, stem, organization=organization)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", names.project)
    assert re.fullmatch(r"[A-Z][A-Z0-9_]*", names.env_prefix)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", names.package)
    assert names.package not in sys.stdlib_module_names
    assert names.client.isascii()
    assert names.client.isidentifier()
    assert not keyword.iskeyword(names.client)


def test_a_long_title_leaves_room_for_the_classes_that_are_named_after_it() -> None:
    assert len(f"Async{named('x' * 500).client}WithStreamingResponse") <= 120


def test_a_resource_in_one_of_its_own_name_has_a_module_of_its_own() -> None:
    inner = ResourceNode("users", children=(ResourceNode("users"),))
    found = resource_names(ResourceNode("", children=(ResourceNode("users", children=(inner,)),)), PLAIN)
    modules = [names.module for names in found.values()]
    assert modules == ["resources.users.users", "resources.users.users_.users_", "resources.users.users_.users"]


def test_classes_of_resources_in_one_package_stay_apart() -> None:
    inner = ResourceNode("zones", children=(ResourceNode("zones"),))
    found = resource_names(
        ResourceNode("", children=(ResourceNode("search"), ResourceNode("async_search"), inner)), PLAIN
    )
    assert [names.stem for names in found.values()] == ["Search", "SearchAsync", "Zones", "ZoneZones"]


def test_the_classes_of_a_resource_with_a_long_name_fit_into_the_limit() -> None:
    found = resource_names(ResourceNode("", children=(ResourceNode("word_" * 30),)), PLAIN)
    (names,) = found.values()
    assert len(f"Async{names.stem}ResourceWithStreamingResponse") <= 120
