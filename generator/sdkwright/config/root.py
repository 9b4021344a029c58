"""The whole config."""

from __future__ import annotations

from typing import ClassVar, Literal, cast

from pydantic import Field, PrivateAttr, field_validator

from sdkwright.config.client import ClientSettings
from sdkwright.config.dialect import OURS, Dialect
from sdkwright.config.project import Organization, QuerySettings, Settings, Spellings, Targets
from sdkwright.config.readme import Readme
from sdkwright.config.resources import Resources
from sdkwright.config.section import Section
from sdkwright.config.transforms import Transform
from sdkwright.config.values import BaseURL, Endpoint, Line
from sdkwright.config.wire import PaginationScheme, SecuritySchemes, Streaming
from sdkwright.diagnostics import Location
from sdkwright.words import Casing, Spelling, casing


class OpenAPI(Section):
    """What is done with the document itself."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"code_samples", "code_sample_languages", "overlays"})

    transforms: tuple[Transform, ...] = ()
    """Changes to the document, in their order, after overlays and before anything else looks at it."""
    transformations: tuple[Transform, ...] = ()
    """The older name of `transforms`; those here come first."""


class Config(Section):
    """A config. Everything is optional; `Config()` is what a run without one uses."""

    no_effect: ClassVar[frozenset[str]] = frozenset(
        {
            "diagnostics",
            "codeflow",
            "errors",
            "constants",
            "multipart_settings",
            "docs",
            "security_schemes",
        }
    )

    edition: Line | None = None
    """The edition of an existing package: with one, its surface is kept."""
    schema_url: Line | None = Field(default=None, alias="$schema")
    """The JSON Schema that editors check the config with."""
    organization: Organization = Organization()
    targets: Targets = Targets()
    http_library: Literal["httpx2", "httpx"] | None = None
    """The HTTP library of the package; without it `httpx2`, and `httpx` for an inherited config."""
    environments: dict[Line, BaseURL] = Field(default={})
    """Base URLs by name, the default first; without any, the document's servers count."""
    resources: Resources | None = None
    """The resource tree; None infers it from the document."""
    unspecified_endpoints: tuple[Endpoint, ...] = ()
    """Endpoints that are left out on purpose."""
    pagination: tuple[PaginationScheme, ...] = ()
    streaming: Streaming = Streaming()
    readme: Readme = Readme()
    client_settings: ClientSettings = ClientSettings()
    settings: Settings = Settings()
    query_settings: QuerySettings | None = None
    security: tuple[dict[str, tuple[str, ...]], ...] | None = None
    """Security requirements in place of the document's."""
    security_schemes: SecuritySchemes = Field(default={})
    custom_casings: dict[Line, Spellings] = Field(default={})
    openapi: OpenAPI = Field(default=OpenAPI())

    _file: str = PrivateAttr(default="")
    _dialect: Dialect = PrivateAttr(default=OURS)

    @field_validator("pagination", mode="before")
    @classmethod
    def _single(cls, value: object) -> object:
        return [cast("object", value)] if isinstance(value, dict) else value

    @property
    def location(self) -> Location:
        """The root of the config's file."""
        return Location(self._file)

    def locate(self, *steps: str | int) -> Location:
        """A node of the config's file."""
        return self.location.child(*steps)

    @property
    def dialect(self) -> Dialect:
        """What the package keeps of an existing surface."""
        return self._dialect

    def at(self, file: str, dialect: Dialect | None = None) -> Config:
        """The same config, said to come from this file, for a package of this dialect."""
        placed = self.model_copy()
        placed._file = file
        placed._dialect = dialect or self._dialect
        return placed

    @property
    def casing(self) -> Casing:
        """How names are split and joined, with `custom_casings` applied."""
        terms: dict[str, Spelling] = {}
        initialisms: dict[str, bool] = {}
        for term, spellings in self.custom_casings.items():
            if spellings.initialism is not None:
                initialisms[term] = spellings.initialism
            for form in (spellings, spellings.singular, spellings.plural):
                if form and (form.pascal or form.snake):
                    key = term if form is spellings else cast("str", form.snake or form.pascal)
                    terms[key] = Spelling(form.pascal, form.snake)
        return casing(terms, initialisms)
