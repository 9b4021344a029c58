"""Trees that a config gives, and what is said about its mistakes."""

from __future__ import annotations

from sdkwright.arrange import arrange
from sdkwright.config import Config, parse
from sdkwright.diagnostics import Diagnostic, Diagnostics
from sdkwright.ir.tree import ModelNode, ResourceNode, StreamConfig, UnwrapNode
from unit.arrange.heads import heads

OPERATIONS = heads("""
    get    /status                    getStatus
    get    /sessions                  listSessions
    post   /sessions                  createSession
    get    /sessions/{session_id}     getSession
    post   /sessions/{session_id}/act act
    get    /sessions/{session_id}/messages      listMessages
    delete /sessions/{session_id}/messages/{id} deleteMessage
""")


SCHEMAS = {"Error", "Event", "Item", "Session"}


def arranged(resources: object, **others: object) -> tuple[ResourceNode, list[Diagnostic]]:
    """The tree for these resources, and everything that was said."""
    diagnostics = Diagnostics()
    config = parse({"resources": resources, **others}, "sdk.yaml", diagnostics)
    return arrange(OPERATIONS, config, config.casing, diagnostics, SCHEMAS), diagnostics.items


def test_the_tree_is_what_the_config_says_in_its_order() -> None:
    root, said = arranged(
        {
            "$client": {"methods": {"status": "get /status"}},
            "$shared": {"models": {"error": "Error"}},
            "liveSessions": {
                "description": "Sessions that run.",
                "models": {
                    "session": "#/components/schemas/Session",
                    "item": {"openapi_uri": "Item"},
                    "event": "Event",
                },
                "methods": {
                    "list": {"endpoint": "get /sessions", "paginated": False, "type": "http"},
                    "create": {"endpoint": "POST /sessions", "body_param_name": "settings"},
                    "getByID": "get /sessions/{id}",
                    "act": {
                        "endpoint": "post /sessions/{id}/act",
                        "streaming": {
                            "param_discriminator": "stream",
                            "stream_event_model": "liveSessions.event",
                        },
                        "deprecated": {"python": "Use `run`.", "go": "no"},
                    },
                },
                "subresources": {
                    "messages": {
                        "methods": {
                            "list": "get /sessions/{id}/messages",
                            "remove": {
                                "endpoint": "delete /sessions/{a}/messages/{b}",
                                "positional_params": ["session_id", "id"],
                            },
                        }
                    }
                },
            },
        }
    )
    assert said == []
    assert [method.name for method in root.methods] == ["status"]
    shared, sessions = root.children
    assert (shared.name, shared.models) == (
        "$shared",
        (ModelNode("error", "#/components/schemas/Error"),),
    )
    assert (sessions.name, sessions.doc) == ("live_sessions", "Sessions that run.")
    assert [model.pointer for model in sessions.models] == [
        "#/components/schemas/Session",
        "#/components/schemas/Item",
        "#/components/schemas/Event",
    ]
    listing, create, get, act = sessions.methods
    assert (listing.name, listing.operation, listing.paginated) == ("list", "get /sessions", False)
    assert (create.operation, create.body_param_name) == ("post /sessions", "settings")
    assert (get.name, get.operation) == ("get_by_id", "get /sessions/{session_id}")
    assert act.stream == StreamConfig("stream", "/components/schemas/Event", None)
    assert act.deprecated == "Use `run`."
    assert act.location and act.location.pointer == "/resources/liveSessions/methods/act"
    (messages,) = sessions.children
    assert [method.positional_params for method in messages.methods] == [None, ("session_id", "id")]


def test_an_event_model_that_no_resource_has_is_an_error_with_the_nearest_one() -> None:
    streaming = {"stream_event_model": "sessions.evnt"}
    methods = {"act": {"endpoint": "post /sessions/{id}/act", "streaming": streaming}}
    _, said = arranged({"sessions": {"models": {"event": "Event"}, "methods": methods}})
    assert (said[0].code, said[0].severity, said[0].hint) == (
        "config/unknown-model",
        "error",
        "did you mean `sessions.event`?",
    )
    assert said[0].location.pointer == "/resources/sessions/methods/act/streaming/stream_event_model"


def test_what_is_meant_for_other_languages_is_left_out() -> None:
    root, _ = arranged(
        {
            "sessions": {
                "methods": {
                    "list": {"endpoint": "get /sessions", "skip": ["go", "python"]},
                    "create": {"endpoint": "post /sessions", "only": ["go", "python"]},
                    "retrieve": {"endpoint": "get /sessions/{id}", "skip": ["go"]},
                }
            },
            "status": {"only": ["go"], "methods": {"get": "get /status"}},
        }
    )
    assert [[method.name for method in child.methods] for child in root.children] == [["create", "retrieve"]]


def test_an_alias_is_a_second_name_for_an_operation() -> None:
    methods = {
        "list": "get /sessions",
        "all": {"type": "alias", "to": "list", "deprecated": "Use `list`."},
    }
    root, said = arranged({"sessions": {"methods": methods}})
    names = {method.name: (method.operation, method.deprecated) for method in root.children[0].methods}
    assert names == {"list": ("get /sessions", None), "all": ("get /sessions", "Use `list`.")}
    assert [item.code for item in said] == ["config/unmentioned-endpoints"]


def test_an_endpoint_that_does_not_exist_is_an_error_with_the_nearest_one() -> None:
    _, said = arranged({"sessions": {"methods": {"start": "post /session", "stop": "put /sessions/{x}/act"}}})
    start, stop = said[:2]
    assert (start.code, start.severity, start.location.pointer) == (
        "config/unknown-endpoint",
        "error",
        "/resources/sessions/methods/start",
    )
    assert start.hint == "did you mean `post /sessions`?"
    assert stop.hint == "did you mean `post /sessions/{session_id}/act`?"


def test_operations_that_no_resource_mentions_are_counted_in_one_note() -> None:
    _, said = arranged({"sessions": {"methods": {"list": "get /sessions"}}}, unspecified_endpoints=["get /status"])
    (note,) = said
    assert note.severity == "note"
    assert note.message.startswith("5 of 7 operations are in no resource")


def test_names_that_clash_or_belong_to_the_client_are_refused() -> None:
    _, said = arranged(
        {
            "copy": {"methods": {"list": "get /sessions"}},
            "sessions": {
                "methods": {
                    "listAll": "get /sessions",
                    "list_all": "get /sessions",
                    "messages": "get /status",
                },
                "subresources": {"messages": {"methods": {"list": "get /sessions/{id}/messages"}}},
            },
        }
    )
    errors = [(item.code, item.location.pointer) for item in said if item.severity == "error"]
    assert errors == [
        ("config/reserved-name", "/resources/copy"),
        ("config/duplicate-name", "/resources/sessions/methods/list_all"),
        ("config/duplicate-name", "/resources/sessions/subresources/messages"),
    ]


def test_a_method_or_model_that_points_nowhere_is_an_error() -> None:
    _, said = arranged(
        {
            "sessions": {
                "methods": {
                    "list": "get /sessions",
                    "all": {"type": "alias", "to": "lits"},
                    "none": {"paginated": True},
                },
                "models": {"session": {"type": "alias", "to": "missing"}},
            },
            "$shared": {"methods": {"list": "get /sessions"}},
        }
    )
    errors = {item.code: item for item in said if item.severity == "error"}
    assert set(errors) == {
        "config/unknown-method",
        "config/no-endpoint",
        "config/unknown-model",
        "config/shared-methods",
    }
    assert errors["config/unknown-method"].hint == "did you mean `list`?"


def test_unspecified_endpoints_are_left_out_of_an_inferred_tree_too() -> None:
    diagnostics = Diagnostics()
    config = parse({"unspecified_endpoints": ["get /status", "get /statsu"]}, "sdk.yaml", diagnostics)
    root = arrange(OPERATIONS, config, Config().casing, diagnostics)
    operations = {method.operation for _, node in root.walk() for method in node.methods}
    assert operations == {head.key for head in OPERATIONS} - {"get /status"}
    (warning,) = diagnostics.items
    assert (warning.code, warning.hint) == (
        "config/unknown-endpoint",
        "did you mean `get /status`?",
    )
    assert warning.location.pointer == "/unspecified_endpoints/1"


def test_a_model_whose_schema_does_not_exist_is_an_error_and_one_inside_of_a_schema_has_no_effect() -> None:
    root, said = arranged(
        {"a": {"models": {"one": "Sesion", "two": "Other", "three": "#/components/schemas/Item/properties/x"}}}
    )
    assert root.children[0].models == ()
    assert [(item.code, item.message, item.hint) for item in said[:3]] == [
        ("config/unknown-model", "the document has no schema `Sesion`", "did you mean `Session`?"),
        ("config/unknown-model", "the document has no schema `Other`", "remove the line"),
        (
            "config/no-effect",
            "`#/components/schemas/Item/properties/x` is no schema under `components`, so the model has no effect",
            "give the schema a name under `components`",
        ),
    ]


WEBHOOKS = {
    "bells": {
        "methods": {
            "unwrap": {"type": "webhook_unwrap", "discriminator": "type", "webhook_key_opt": "bellKey"},
            "unsafe_unwrap": {"type": "webhook_unwrap"},
        }
    }
}
OPTION = {"opts": {"bell_key": {"type": "string"}}}


def test_methods_that_read_webhooks_belong_to_inherited_configs() -> None:
    root, said = arranged(WEBHOOKS, client_settings=OPTION, edition="2025-10-10")
    (bells,) = root.children
    assert bells.unwraps == (UnwrapNode("unwrap", "bell_key", "type"), UnwrapNode("unsafe_unwrap"))
    assert bells.sends_nothing
    assert "config/no-effect" not in {item.code for item in said}
    root, said = arranged(WEBHOOKS, client_settings=OPTION)
    assert root.children[0].unwraps == ()
    assert [item.code for item in said].count("config/no-effect") == 2


def test_the_key_of_webhooks_must_be_an_option_of_the_client() -> None:
    _, said = arranged(WEBHOOKS, edition="2025-10-10")
    (error,) = [item for item in said if item.severity == "error"]
    assert (error.code, error.message) == ("config/unknown-option", "the client has no option `bellKey`")
    assert error.location.pointer == "/resources/bells/methods/unwrap/webhook_key_opt"
