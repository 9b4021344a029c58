"""Who offers the API and what the package is called: `organization`, `targets`, `settings`, `custom_casings`."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import field_validator, model_validator
from pydantic_core import PydanticCustomError

from sdkwright.config.section import OTHER_LANGUAGES, Section
from sdkwright.config.values import Line, Name, PackageName, ProjectName, Text


class Organization(Section):
    """Whose API it is."""

    no_effect: ClassVar[frozenset[str]] = frozenset(
        {
            *("github_org", "upload_spec", "logo", "code_samples_languages"),
            *("contact", "security_contact", "security_policy_url", "security_policy_terms"),
        }
    )

    name: Line | None = None
    """The client class is named after it: `acme` gives `Acme` and `AsyncAcme`."""
    docs: Line | None = None
    """Link to the documentation of the API."""
    contact: Line | None = None
    """Mail address for questions."""
    security_contact: Line | None = None
    security_policy_url: Line | None = None
    security_policy_terms: str | None = None


class PythonTarget(Section):
    """The Python package."""

    no_effect: ClassVar[frozenset[str]] = frozenset(
        {
            *("publish", "options", "screencast", "staging_repo", "keep_files", "release"),
            *("readme_title", "skip"),
        }
    )

    package_name: PackageName | None = None
    """The import name."""
    project_name: ProjectName | None = None
    """The name on the package index."""
    version: Line | None = None
    """Version of the package; `0.1.0` if nothing else is known."""
    edition: Line | None = None
    """The edition of an existing package: with one, its surface is kept."""
    production_repo: Line | None = None
    """`owner/name` on GitHub, for links in the package's metadata."""
    readme_title: Line | None = None
    skip: bool = False


class Targets(Section):
    """The languages. Only `python` has an effect."""

    no_effect: ClassVar[frozenset[str]] = OTHER_LANGUAGES

    python: PythonTarget = PythonTarget()


class License(Section):
    """A licence: its SPDX identifier and, where it is not a usual one, its text."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"extension"})

    name: Line
    contents: Text | None = None
    extension: Line | None = None


class PythonSettings(Section):
    """Settings of the Python package alone."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"license_classifier"})

    license_classifier: Line | None = None


class Settings(Section):
    """Settings of the package as a whole."""

    no_effect: ClassVar[frozenset[str]] = frozenset(
        {
            "mock_server",
            "sort_schema_properties",
            "file_header",
            "dev_container",
            "positional_params",
            *OTHER_LANGUAGES,
        }
    )

    license: License | None = None
    python: PythonSettings = PythonSettings()
    unwrap_response_fields: tuple[Line, ...] = ()
    """Envelope properties that methods look into for the caller, such as `data`."""
    positional_params: bool = True
    """Whether the last path parameter may be given by position."""
    disable_mock_tests: bool = False
    """Skip the tests that call a mock server, unless `TEST_API_BASE_URL` says where one is."""
    omit_stainless_headers: bool = False
    """Leave the telemetry headers of an inherited surface away."""

    @field_validator("license", mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value


class Spellings(Section):
    """How one term of `custom_casings` is written."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"capital", "camel"})

    initialism: bool | None = None
    """Whether it is written in capitals in class names."""
    pascal: Name | None = None
    snake: Name | None = None
    singular: Spellings | None = None
    plural: Spellings | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"pascal": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set & {*type(self).model_fields, *type(self).no_effect}:
            raise PydanticCustomError("empty_casing", "say `initialism`, `pascal` or `snake`")
        return self


class QuerySettings(Section):
    """How lists and objects are written in a query string; without it the document's styles decide."""

    array_format: Literal["comma", "repeat", "brackets", "indices"] | None = None
    nested_format: Literal["brackets", "dots"] | None = None
