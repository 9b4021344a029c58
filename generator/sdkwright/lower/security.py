"""Security schemes and requirements (OpenAPI 3.1, 4.8.27 and 4.8.30)."""

from __future__ import annotations

from typing import Literal, cast

from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.operations import (
    SchemeKind,
    SecurityRequirement,
    SecurityScheme,
)
from sdkwright.lower.nodes import Raw, Tree, as_list, as_mapping, as_text
from sdkwright.pointers import escape


def schemes(tree: Tree, diagnostics: Diagnostics) -> tuple[SecurityScheme, ...]:
    """The schemes a client can act on, by name; one that it cannot is reported."""
    declared = as_mapping(as_mapping(tree.document.get("components")).get("securitySchemes"))
    found: list[SecurityScheme] = []
    for id in sorted(str(key) for key in declared):
        raw, pointer = tree.follow(declared[id], f"/components/securitySchemes/{escape(id)}")
        scheme = _scheme(id, raw, pointer, tree)
        if scheme is None:
            diagnostics.warning(
                "security/unsupported",
                f"the security scheme {id[:60]!r} {_unsupported(raw)}; it was left out",
                tree.locate(pointer),
                "pass such credentials through default_headers or an http_client of your own",
            )
        else:
            found.append(scheme)
            if by_hand := _by_hand(raw):
                diagnostics.note(
                    "security/by-hand",
                    f"{by_hand} of the security scheme {id[:60]!r} is sent as it is given; the client does not get one",
                    tree.locate(pointer),
                    "get it with a library for that, and pass it to the client",
                )
    return tuple(found)


def _unsupported(raw: Raw) -> str:
    """What a client cannot act on."""
    match as_text(raw.get("type")):
        case "mutualTLS":
            return "is a certificate, which belongs to the connection"
        case "apiKey" if as_text(raw.get("name")):
            return f"has its key in {as_text(raw.get('in'))[:40]!r}, which is no header, query or cookie"
        case "apiKey":
            return "has a key without a name"
        case _:
            return "has a type that a client cannot act on"


def _by_hand(raw: Raw) -> str:
    """The credential that only a person or another library can get; empty for one that the client can make."""
    match as_text(raw.get("type")):
        case "http" if as_text(raw.get("scheme")).lower() not in {"bearer", "basic"}:
            return "the `Authorization` header"
        case "openIdConnect":
            return "the access token"
        case "oauth2" if "clientCredentials" not in as_mapping(raw.get("flows")):
            return "the access token"
        case _:
            return ""


def _scheme(id: str, raw: Raw, pointer: str, tree: Tree) -> SecurityScheme | None:
    where = tree.locate(pointer)
    doc = as_text(raw.get("description"))
    match as_text(raw.get("type")):
        case "http":
            scheme = as_text(raw.get("scheme")).lower()
            if scheme in {"bearer", "basic"}:
                return SecurityScheme(id, SchemeKind(scheme), where, doc=doc)
            doc = doc or "The whole value of the `Authorization` header."
            return SecurityScheme(id, SchemeKind.API_KEY, where, name="Authorization", doc=doc)
        case "apiKey":
            place = as_text(raw.get("in"))
            if place in {"header", "query", "cookie"} and as_text(raw.get("name")):
                location_in = cast("Literal['header', 'query', 'cookie']", place)
                return SecurityScheme(
                    id,
                    SchemeKind.API_KEY,
                    where,
                    name=as_text(raw["name"]),
                    location_in=location_in,
                    doc=doc,
                )
            return None
        case "oauth2":
            flow = as_mapping(as_mapping(raw.get("flows")).get("clientCredentials"))
            if as_text(flow.get("tokenUrl")):
                scopes = tuple(sorted(str(scope) for scope in as_mapping(flow.get("scopes"))))
                kind = SchemeKind.OAUTH2_CLIENT_CREDENTIALS
                return SecurityScheme(id, kind, where, token_url=flow["tokenUrl"], scopes=scopes, doc=doc)
            return SecurityScheme(id, SchemeKind.BEARER, where, issued=True, doc=doc or "An access token.")
        case "openIdConnect":
            return SecurityScheme(id, SchemeKind.BEARER, where, issued=True, doc=doc or "An access token.")
        case _:
            return None


def requirements(value: object, known: frozenset[str]) -> tuple[SecurityRequirement, ...]:
    """Alternatives, each the names needed together; those with an unknown scheme only where all have one.

    What is known of these is sent then: the rest, such as a certificate, is the matter of the HTTP client.
    """
    found = [tuple(sorted(str(name) for name in as_mapping(item))) for item in as_list(value)]
    whole = [item for item in found if known.issuperset(item)]
    parts = [tuple(name for name in item if name in known) for item in found]
    return tuple(dict.fromkeys(whole or filter(None, parts)))
