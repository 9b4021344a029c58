"""The config: its vocabulary, what is typed in it, and what is said about mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from sdkwright import config
from sdkwright.config import Config
from sdkwright.config.section import Section
from sdkwright.diagnostics import Diagnostic, Diagnostics, Refusal
from sdkwright.limits import Limits

FULL = """
edition: "2025-10-10"
organization: {name: acme, docs: https://docs.acme.com, contact: support@acme.com}
targets:
  python: {package_name: acme, project_name: acme-sdk, production_repo: acme/acme-python, publish: {pypi: true}}
  go: {package_name: acme-go}
http_library: httpx
environments: {production: https://api.acme.com/v1, local: "http://localhost:8000"}
resources:
  $client: {methods: {status: get /status}}
  accounts:
    models: {account: "#/components/schemas/Account", link: {openapi_uri: Link}}
    methods:
      list: {endpoint: get /accounts, paginated: true, skip: [ruby]}
      link: {endpoint: "post /accounts/{id}/link", deprecated: {python: Gone., go: "no"}}
    subresources:
      friends: {methods: {list: "get /accounts/{id}/friends"}}
unspecified_endpoints: [get /internal]
pagination:
  - name: cursor_page
    type: cursor
    request:
      after: {type: string, x-stainless-pagination-property: {purpose: next_cursor_param}}
    response:
      data: {type: array, items: {}, x-stainless-pagination-property: {purpose: items}}
      last_id: {type: string, nullable: true, x-stainless-pagination-property: {purpose: next_cursor_field}}
streaming:
  on_event:
    - {data_starts_with: "[DONE]", handle: done}
    - {event_type: error, handle: error}
    - {event_type: [a, b], handle: yield}
client_settings:
  dotenv: true
  default_timeout: 1m30s
  default_retries: {max_retries: 4, initial_delay_seconds: 0.25, max_delay_seconds: 5}
  default_headers: {Acme-Beta: v1}
  idempotency_header: Idempotency-Key
  opts:
    API_KEY: {type: string, nullable: true, read_env: ACME_KEY, auth: {security_scheme: Key, role: value}}
    organization: {type: string, nullable: true, send_in_header: Acme-Organization, required_in_tests: true}
  providers:
    acme: {default: true, base_url: https://api.acme.com, api_key_env: ACME_KEY, credential: bearer}
    azure: {base_url_env: AZURE_URL, credential: {header: api-key}, url_contains: .azure.com, detect_first: true}
query_settings: {array_format: brackets, nested_format: dots}
settings: {license: MIT, disable_mock_tests: true, unwrap_response_fields: [data]}
security: [{Key: []}]
security_schemes: {Key: {type: http, scheme: bearer}}
custom_casings: {acmeai: AcmeAI, grpc: {initialism: true}}
readme: {example_requests: {}}
"""


def said(text: str) -> list[Diagnostic]:
    """Everything that is said about a config, usable or not."""
    diagnostics = Diagnostics()
    try:
        config.parse(yaml.safe_load(text), "sdk.yaml", diagnostics)
    except Refusal:
        assert diagnostics.failed
    return diagnostics.items


def parsed(text: str) -> Config:
    """A config that is fine."""
    diagnostics = Diagnostics()
    result = config.parse(yaml.safe_load(text), "sdk.yaml", diagnostics)
    assert not [item for item in diagnostics.items if item.severity != "note"]
    return result


def test_the_whole_vocabulary_is_read() -> None:
    read = parsed(FULL)
    assert (read.organization.name, read.targets.python.project_name, read.http_library) == (
        "acme",
        "acme-sdk",
        "httpx",
    )
    assert next(iter(read.environments.items())) == ("production", "https://api.acme.com/v1")
    settings = read.client_settings
    assert (settings.dotenv, settings.default_timeout) == (True, 90.0)
    assert (settings.default_retries.max_retries, settings.default_retries.initial_delay_seconds) == (4, 0.25)
    assert settings.idempotency and settings.idempotency.header == "Idempotency-Key"
    assert settings.opts["API_KEY"].auth and settings.opts["API_KEY"].auth.security_scheme == "Key"
    assert settings.providers["acme"].credential.header is None
    assert settings.providers["azure"].credential.header == "api-key"
    assert settings.providers["azure"].url_contains == (".azure.com",)
    (page,) = read.pagination
    assert {name: field.role.purpose for name, field in (page.request | page.response).items()} == {
        "after": "next_cursor_param",
        "data": "items",
        "last_id": "next_cursor_field",
    }
    assert [rule.event_type for rule in read.streaming.on_event] == [None, ("error",), ("a", "b")]
    assert read.settings.license and read.settings.license.name == "MIT"
    assert read.security == ({"Key": ()},)
    assert read.casing.pascal("acme_ai_grpc_client") == "AcmeAIGRPCClient"


def test_resources_are_typed_and_short_forms_are_the_long_ones() -> None:
    resources = parsed(FULL).resources
    assert resources is not None
    accounts = resources["accounts"]
    assert accounts.methods["list"].paginated is True
    assert accounts.methods["link"].deprecation == "Gone."
    assert accounts.subresources["friends"].methods["list"].endpoint == "get /accounts/{id}/friends"
    assert [model.pointer for model in accounts.models.values()] == [
        "#/components/schemas/Account",
        "#/components/schemas/Link",
    ]


def test_an_empty_config_is_the_default_one() -> None:
    empty = parsed("")
    assert empty.model_dump() == Config().model_dump()
    assert empty.resources is None
    assert empty.client_settings.default_retries.max_retries == 2


def test_keys_without_effect_are_noted_once_for_each_place() -> None:
    notes = {item.location.pointer: item.message for item in said(FULL)}
    assert notes == {
        "/security_schemes": "`security_schemes` has no effect on a Python package",
        "/edition": "by its `edition` this config was inherited, so the package keeps the surface of the published one",
        "/organization/contact": "`contact` has no effect on a Python package",
        "/targets/go": "`go` has no effect on a Python package",
        "/targets/python/publish": "`publish` has no effect on a Python package",
        "/client_settings/opts/organization/required_in_tests": "`required_in_tests` has no effect on a Python package",
    }


def test_an_unknown_key_is_a_warning_with_a_suggestion_at_its_place() -> None:
    (warning,) = said("client_settings: {opts: {api_key: {type: string, read_envv: KEY}}}")
    assert (warning.severity, warning.code) == ("warning", "config/unknown-key")
    assert warning.location.pointer == "/client_settings/opts/api_key/read_envv"
    assert warning.hint == "did you mean `read_env`?"


@pytest.mark.parametrize(
    ("text", "pointer", "message"),
    [
        ("settings: []", "/settings", "this must be a mapping of keys to values"),
        ("just text", "", "this must be a mapping of keys to values"),
        ("client_settings: {dotenv: maybe}", "/client_settings/dotenv", "this must be `true` or `false`"),
        ("client_settings: {default_timeout: soon}", "/client_settings/default_timeout", "a duration is a number of"),
        ("client_settings: {default_timeout: -1}", "/client_settings/default_timeout", "a duration is a number of"),
        ("resources: {a: {methods: {b: [get]}}}", "/resources/a/methods/b", "this must be a mapping"),
        ("resources: {a: {methods: {b: get}}}", "/resources/a/methods/b", "`get` is no endpoint"),
        ("pagination: [{name: p}]", "/pagination/0", "`type` is missing here"),
        ("pagination: [{name: p, type: cursr}]", "/pagination/0/type", "this must be `cursor`, `cursor_id`"),
        ("http_library: requests", "/http_library", "this must be `httpx2` or `httpx`"),
        ("environments: {production: api.acme.com}", "/environments/production", "`api.acme.com` is no URL"),
        ("organization: {name: 7}", "/organization/name", "this must be text; quote it"),
        (
            'client_settings: {default_headers: {A: "x\\ny"}}',
            "/client_settings/default_headers/A",
            "a header's value is printable ASCII on one line",
        ),
        (
            "client_settings: {providers: {a: {default: true}, b: {default: true}}}",
            "/client_settings/providers",
            "only one provider can be the default: a, b",
        ),
    ],
)
def test_a_wrong_value_is_a_located_error(text: str, pointer: str, message: str) -> None:
    (first,) = said(text)
    assert (first.code, first.severity) == ("config/bad-value", "error")
    assert first.message.startswith(message)
    assert pointer.startswith(first.location.pointer) and first.location.pointer.startswith(pointer.rpartition("/")[0])


def test_every_fault_is_reported_at_once() -> None:
    codes = [item.location.pointer for item in said("settings: []\nresources: {a: {methods: {b: get}}}\nedition: [1]")]
    assert codes == ["/settings", "/resources/a/methods/b", "/edition"]


@pytest.mark.parametrize("name", ["import", "class", "a b", "a.b", "2fa", "__init__", "con", "os;x", "ﬁle", "x" * 121])
def test_a_name_that_python_would_not_take_is_refused_not_bent(name: str) -> None:
    diagnostics = Diagnostics()
    with pytest.raises(Refusal):
        config.parse({"resources": {name: {"methods": {}}}}, "sdk.yaml", diagnostics)
    assert diagnostics.items[0].message.startswith(f"`{name}` cannot be a name: ")
    assert diagnostics.items[0].location.pointer.startswith("/resources")


@pytest.mark.parametrize("name", ["trip-details", "customMetadataFields", "getFromURL", "list", "BROWSER_KEY", "größe"])
def test_a_name_may_be_written_in_any_case(name: str) -> None:
    resources = parsed(
        yaml.safe_dump({"resources": {name: {"methods": {name: "get /x"}}}}, allow_unicode=True)
    ).resources
    assert resources is not None and name in resources


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("60s", 60), ("1m", 60), ("10m", 600), ("1m30s", 90), ("500ms", 0.5), ("2h", 7200), ("PT60S", 60),
     ("PT1M30S", 90), ("P1D", 86400), ("30", None), (30, 30), (2.5, 2.5), (60000, 60)],
)  # fmt: skip
def test_durations_are_seconds_unless_they_say_otherwise(written: object, seconds: float | None) -> None:
    text = yaml.safe_dump({"client_settings": {"default_timeout": written}})
    if seconds is None:
        assert said(text)[0].code == "config/bad-value"
    else:
        assert parsed(text).client_settings.default_timeout == seconds


def test_a_file_is_read_with_positions_and_without_an_openapi_key(tmp_path: Path) -> None:
    path = tmp_path / "sdk.yaml"
    path.write_text("organization:\n  name: acme\n  nmae: x\n")
    diagnostics = Diagnostics()
    read = config.load(path, Limits(), diagnostics)
    assert read.organization.name == "acme"
    assert read.location.file == str(path)
    assert [(item.code, item.location.file) for item in diagnostics.items] == [("config/unknown-key", str(path))]


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sdk.yaml"
    path.write_text("organization: [\n")
    with pytest.raises(Refusal):
        config.load(path, Limits(), Diagnostics())


def test_the_json_schema_describes_every_key_and_accepts_what_is_read() -> None:
    schema = config.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert properties["http_library"]["description"].startswith("The HTTP library of the package")
    assert properties["diagnostics"]["description"] == "Accepted, without effect here."
    minimal = {"organization": {"name": "acme"}, "resources": {"a": {"description": "x"}}}
    assert validator.is_valid(minimal)
    assert not validator.is_valid({"organisation": {}})


def test_mistakes_are_said_in_the_order_of_the_file() -> None:
    wrong = "query_settings: {array_format: spaces}\nenvironments: {live: 8080}\norganization: [Bakery]\n"
    assert [item.location.pointer for item in said(wrong)] == [
        "/query_settings/array_format",
        "/environments/live",
        "/organization",
    ]
    unknown = "settings: {mock_server: x, licence: MIT}\norganization: {nam: acme}\n"
    assert [item.location.pointer for item in said(unknown)] == [
        "/settings/mock_server",
        "/settings/licence",
        "/organization/nam",
    ]


def test_a_choice_is_spelled_out_and_no_error_only_sums_up_others() -> None:
    (error,) = said("query_settings: {array_format: spaces}")
    assert error.message == "this must be `comma`, `repeat`, `brackets` or `indices`"
    assert error.code == "config/bad-value"


@pytest.mark.parametrize("name", ["json", "httpx2", "distutils", "my-package", "class"])
def test_a_package_name_that_cannot_be_imported_or_hides_another_is_refused(name: str) -> None:
    (error,) = said(f"targets: {{python: {{package_name: {name}}}}}")
    assert error.location.pointer == "/targets/python/package_name"
    assert f"`{name}` cannot be a name: " in error.message


def sections() -> list[type[Section]]:
    """Every section of the vocabulary."""
    found = [Section]
    for section in found:
        found += section.__subclasses__()
    return found[1:]


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.__name__)
def test_every_key_is_described_in_the_reference(section: type[Section]) -> None:
    page = (Path(__file__).parents[3] / "docs" / "config.md").read_text("utf-8")
    unsaid = {key for key in sorted(section.keys()) if not re.search(rf"(?<!\w){re.escape(key)}\b", page)}
    assert not unsaid
