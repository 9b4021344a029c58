"""Splitting, joining and inflecting names (SURFACE.md, "Types", rule 7)."""

from __future__ import annotations

import pytest
from sdkwright.inflection import pluralize, singularize
from sdkwright.words import Spelling, casing

PLAIN = casing()


@pytest.mark.parametrize(
    ("text", "snake", "pascal"),
    [
        ("sessionID", "session_id", "SessionID"),
        ("modelID", "model_id", "ModelID"),
        ("userIDs", "user_ids", "UserIDs"),
        ("file_ids", "file_ids", "FileIDs"),
        ("max_requests_per_1_minute", "max_requests_per_1_minute", "MaxRequestsPer1Minute"),
        ("HTTPResponse2", "http_response2", "HTTPResponse2"),
        ("HTTP2Server", "http2_server", "Http2Server"),
        ("v1beta", "v1beta", "V1beta"),
        ("getFromURL", "get_from_url", "GetFromURL"),
        ("OAuth2Token", "oauth2_token", "OAuth2Token"),
        ("IPv4Address", "ipv4_address", "IPv4Address"),
        ("UUIDv4", "uuidv4", "UUIDv4"),
        ("S3Bucket", "s3_bucket", "S3Bucket"),
        ("MessagePhase-2", "message_phase_2", "MessagePhase2"),
        ("trip-details", "trip_details", "TripDetails"),
        ("customMetadataFields", "custom_metadata_fields", "CustomMetadataFields"),
        ("X-Request-ID", "x_request_id", "XRequestID"),
        ("include[]", "include", "Include"),
        ("__private__", "private", "Private"),
        ("API", "api", "API"),
    ],
)
def test_names_split_at_humps_separators_and_initialisms(text: str, snake: str, pascal: str) -> None:
    assert PLAIN.snake(text) == snake
    assert PLAIN.pascal(text) == pascal


@pytest.mark.parametrize(
    ("text", "snake", "pascal"),
    [
        ("straßeName", "straße_name", "StraßeName"),
        ("ﬁleName", "file_name", "FileName"),
        ("名前", "名前", "名前"),
        ("Größe→Wert", "größe_wert", "GrößeWert"),
        ("ΑλφαΒήτα", "αλφα_βήτα", "ΑλφαΒήτα"),
    ],
)
def test_other_scripts_are_kept_and_only_characters_of_no_identifier_are_dropped(
    text: str, snake: str, pascal: str
) -> None:
    assert PLAIN.snake(text) == snake
    assert PLAIN.pascal(text) == pascal


def test_a_name_that_is_empty_or_starts_with_a_digit_uses_the_fallback_of_the_caller() -> None:
    assert PLAIN.snake("→", fallback="field") == "field"
    assert PLAIN.snake("2fa", fallback="field") == "field_2fa"
    assert PLAIN.pascal("3DSecure", fallback="Model") == "Model3DSecure"
    assert PLAIN.snake("", fallback="") == ""


def test_a_digit_and_its_capital_are_one_word() -> None:
    assert PLAIN.words("3DModel") == ("3d", "model")
    assert PLAIN.words("2FA code") == ("2fa", "code")
    assert PLAIN.words("10Items") == ("10", "items")
    assert PLAIN.pascal("3D print") == "3DPrint"
    assert PLAIN.pascal("print-3D") == "Print3D"


def test_a_fallback_that_the_name_ends_with_stands_in_front_alone() -> None:
    assert PLAIN.pascal("3DModel", fallback="Model") == "Model3D"
    assert PLAIN.snake("3DModel", fallback="model") == "model_3d"


def test_a_sign_in_front_of_a_number_is_a_word() -> None:
    assert (PLAIN.snake("+1"), PLAIN.snake("-1"), PLAIN.snake("a-1")) == ("plus_1", "minus_1", "a_1")


def test_a_spelling_without_snake_case_keeps_the_words_of_its_term() -> None:
    custom = casing({"grand-hotel": Spelling(pascal="GrandHotel"), "OpenAI": Spelling(pascal="OpenAI")})
    assert (custom.pascal("grand-hotel"), custom.snake("grand-hotel")) == ("GrandHotel", "grand_hotel")
    assert custom.snake("GrandHotelRoom") == "grand_hotel_room"
    assert custom.snake("OpenAI") == "openai"


def test_custom_casings_win_also_over_several_words() -> None:
    custom = casing(
        {"openai": Spelling(pascal="OpenAI"), "wi_fi": Spelling(pascal="WiFi", snake="wifi")},
        {"grpc": True, "api": False},
    )
    assert custom.pascal("openai_client") == "OpenAIClient"
    assert custom.pascal("OpenAIClient") == "OpenAIClient"
    assert custom.snake("OpenAIClient") == "openai_client"
    assert custom.snake("wiFiName") == "wifi_name"
    assert custom.pascal("wi_fi_name") == "WiFiName"
    assert custom.pascal("grpc_api") == "GRPCApi"


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("items", "item"),
        ("companies", "company"),
        ("boxes", "box"),
        ("addresses", "address"),
        ("statuses", "status"),
        ("status", "status"),
        ("aliases", "alias"),
        ("indices", "index"),
        ("indexes", "index"),
        ("people", "person"),
        ("children", "child"),
        ("species", "species"),
        ("series", "series"),
        ("news", "news"),
        ("data", "data"),
        ("settings", "settings"),
        ("movies", "movie"),
        ("caches", "cache"),
        ("batches", "batch"),
        ("responses", "response"),
        ("databases", "database"),
        ("sizes", "size"),
        ("quizzes", "quiz"),
        ("analyses", "analysis"),
        ("keys", "key"),
        ("IDs", "ID"),
        ("dns", "dns"),
        ("class", "class"),
    ],
)
def test_plural_nouns_of_apis_have_the_singular_of_a_dictionary(plural: str, singular: str) -> None:
    assert singularize(plural) == singular


@pytest.mark.parametrize("word", ["item", "company", "box", "index", "key", "batch", "person", "alias", "policy"])
def test_the_plural_of_a_singular_leads_back_to_it(word: str) -> None:
    assert singularize(pluralize(word)) == word
    assert pluralize(pluralize(word)) == pluralize(word)


def test_only_the_last_word_of_a_name_is_inflected() -> None:
    assert PLAIN.singular("output_items") == "output_item"
    assert PLAIN.singular("UserIDs") == "UserID"
    assert PLAIN.singular("news_items") == "news_item"
    assert PLAIN.plural("rate_limit") == "rate_limits"
    assert PLAIN.is_plural("input_items")
    assert not PLAIN.is_plural("status")
