"""Trees that are inferred from a document alone: what a person would have called things."""

from __future__ import annotations

import random

import pytest
from sdkwright.arrange import arrange
from sdkwright.arrange.head import OperationHead
from sdkwright.config import Config
from sdkwright.diagnostics import Diagnostics
from unit.arrange.heads import head, heads


def tree(*operations: OperationHead, config: Config | None = None) -> dict[str, list[str]]:
    """The methods of each resource by its dotted name."""
    config = config or Config()
    root = arrange(operations, config, config.casing, Diagnostics())
    return {".".join(path): [method.name for method in node.methods] for path, node in root.walk()}


def called(*operations: OperationHead) -> dict[str, str]:
    """How each operation is called: `get /items` -> `items.list`."""
    config = Config()
    root = arrange(operations, config, config.casing, Diagnostics())
    return {method.operation: ".".join((*path, method.name)) for path, node in root.walk() for method in node.methods}


def test_nested_paths_are_nested_resources_with_the_usual_methods() -> None:
    operations = heads("""
        post   /v1/conversations                       createConversation
        get    /v1/conversations/{id}                  getConversation
        post   /v1/conversations/{id}                  updateConversation
        delete /v1/conversations/{id}                  deleteConversation
        get    /v1/conversations/{id}/items            listConversationItems
        post   /v1/conversations/{id}/items            createConversationItems
        get    /v1/conversations/{id}/items/{item_id}  getConversationItem
        get    /v1/chat/completions                    listChatCompletions
        post   /v1/chat/completions                    createChatCompletion
    """)
    assert tree(*operations) == {
        "": [],
        "chat": [],
        "chat.completions": ["create", "list"],
        "conversations": ["create", "retrieve", "update", "delete"],
        "conversations.items": ["create", "retrieve", "list"],
    }


def test_verbs_at_the_end_of_a_path_are_methods() -> None:
    operations = heads("""
        get   /sessions                       listSessions
        get   /sessions/{id}                  getSession
        post  /sessions/{id}/cancel           cancelSession
        post  /sessions/{id}/submit-outputs   submitOutputsToSession
        post  /sessions/search                searchSessions
        get   /sessions/list-sessions         list_sessions_2
        patch /sessions/{id}/tags/attach/{t}  attach_tag_to_session
        post  /sessions/{id}/import           importIntoSession
        post  /search                         search
    """)
    assert tree(*operations) == {
        "": ["search"],
        "sessions": ["retrieve", "list", "cancel", "import_", "list_2", "search", "submit_outputs"],
        "sessions.tags": ["attach"],
    }


def test_a_part_with_one_operation_is_a_method_and_a_collection_stays_a_resource() -> None:
    operations = heads("""
        post /sessions                   createSession
        post /sessions/{id}/messages     add_session_message
        get  /sessions/{id}/content      getSessionContent
        get  /sessions/{id}/owner        getSessionOwner
        put  /sessions/{id}/network      updateSessionNetwork
        get  /sessions/{id}/events       listSessionEvents
        get  /sessions/{id}/notes        listNotes
        post /sessions/{id}/notes        addNote
    """)
    assert tree(*operations) == {
        "": [],
        "sessions": ["create", "add_message", "content", "retrieve_owner", "update_network"],
        "sessions.events": ["list"],
        "sessions.notes": ["create", "list"],
    }


def test_put_beside_patch_is_replace_and_a_telling_verb_is_kept() -> None:
    operations = heads("""
        get    /pets                 listPets
        post   /pets                 createPet
        put    /pets                 upsertPet
        put    /pets/{id}            replacePet
        patch  /pets/{id}            updatePet
        delete /pets                 deletePets
        put    /owners/{id}          setOwner
        post   /tickets              buyTickets
        put    /rooms/{id}/members/{user}  addRoomMember
        delete /rooms/{id}/members/{user}  kickRoomMember
        patch  /rooms/{id}/members   bulkUpdateRoomMembers
        put    /rooms/{id}/bans/{user}     banUser
        delete /rooms/{id}/bans/{user}     unbanUser
    """)
    assert tree(*operations) == {
        "": [],
        "owners": ["update"],
        "pets": ["create", "update", "replace", "list", "delete_all", "upsert"],
        "rooms": [],
        "rooms.bans": ["create", "delete"],
        "rooms.members": ["add", "bulk_update", "kick"],
        "tickets": ["buy"],
    }


def test_what_there_is_one_of_is_retrieved_and_updated() -> None:
    operations = heads("""
        get   /me                      getMe
        patch /me                      updateMe
        get   /settings                getSettings
        put   /settings                putSettings
        get   /health                  health
        get   /users/@me               get_my_user
        patch /users/@me               update_my_user
        get   /users/@me/guilds        list_my_guilds
        get   /rooms/{id}/members/{user_id}  get_member
        patch /rooms/{id}/members/@me  update_my_member
        put   /rooms/{id}/members/@me  join_room
    """)
    assert tree(*operations) == {
        "": ["health"],
        "me": ["retrieve", "update"],
        "rooms": [],
        "rooms.members": ["retrieve", "join", "update_me"],
        "settings": ["retrieve", "update"],
        "users": [],
        "users.me": ["retrieve", "update"],
        "users.me.guilds": ["list"],
    }


def test_ids_that_a_framework_makes_say_no_more_than_the_path() -> None:
    operations = (
        head("get /items/{item_id} read_items_items__item_id__get"),
        head("get /items list_items_items_get"),
        head("post /accounts/{account}/bank_accounts PostAccountsAccountBankAccounts"),
        head("post /accounts/{account} PostAccountsAccount"),
        head("get /accounts/{account} GetAccountsAccount"),
        head("post /accounts/{account}/reject PostAccountsAccountReject"),
        head("post /templates/{id} ", summary="Rebuild template"),
        head("get /account/spend_limit getaccountspendlimit"),
        head("post /account/spend_limit updateaccountspendlimit"),
        head("delete /account/spend_limit deleteaccountspendlimit"),
    )
    assert called(*operations) == {
        "get /items/{item_id}": "items.retrieve",
        "get /items": "items.list",
        "post /accounts/{account}/bank_accounts": "accounts.bank_accounts.create",
        "post /accounts/{account}": "accounts.update",
        "get /accounts/{account}": "accounts.retrieve",
        "post /accounts/{account}/reject": "accounts.reject",
        "post /templates/{id}": "templates.rebuild",
        "get /account/spend_limit": "account.spend_limit.retrieve",
        "post /account/spend_limit": "account.spend_limit.update",
        "delete /account/spend_limit": "account.spend_limit.delete",
    }


@pytest.mark.parametrize(
    ("line", "tags", "name"),
    [
        ("post /chat.postMessage chat.postMessage", (), "chat.post_message"),
        ("get /session session.list", (), "session.list"),
        ("get /session/{id} session.get", (), "session.retrieve"),
        ("patch /session/{id} session.update", (), "session.update"),
        ("get /repos/{o}/{r}/issues issues/list-for-repo", (), "issues.list_for_repo"),
        (
            "get /queues/{id} annotationQueues_getQueue",
            ("AnnotationQueues",),
            "annotation_queues.retrieve",
        ),
        ("post /admin.apps.approve admin_apps_approve", ("admin.apps",), "admin.apps.approve"),
        ("delete /auth/{id} auth.remove", (), "auth.delete"),
    ],
)
def test_operation_ids_with_groups_give_resource_and_method(line: str, tags: tuple[str, ...], name: str) -> None:
    operation = head(line, *tags, several=line.split()[1] == "/session")
    companion = head("post /other other.run")
    assert called(operation, companion)[operation.key] == name


def test_a_method_beside_a_resource_of_its_name_moves_into_it() -> None:
    assert called(head("get /vcs/diff vcs.diff"), head("get /vcs/diff/raw vcs.diff.raw")) == {
        "get /vcs/diff": "vcs.diff.retrieve",
        "get /vcs/diff/raw": "vcs.diff.raw",
    }


def test_prefixes_and_versions_are_no_resources_until_two_versions_meet() -> None:
    first = heads("""
        get  /api/v1/files       listFiles
        post /api/v1/files       createFile
        get  /api/v1/users/{id}  getUser
    """)
    assert set(tree(*first)) == {"", "files", "users"}
    second = (*first, head("get /api/v2/files listFilesV2"))
    assert called(*second)["get /api/v1/files"] == "files.list"
    assert called(*second)["get /api/v2/files"] == "v2.files.list"


def test_a_prefix_that_all_paths_share_is_dropped() -> None:
    operations = heads("""
        get  /organization/users/{id}
        get  /organization/projects/{id}
        post /organization/projects
    """)
    assert set(tree(*operations)) == {"", "users", "projects"}


def test_the_tree_is_at_most_three_levels_deep() -> None:
    operations = heads("""
        get /services/{s}/conversations/{c}/messages/{m}/receipts        listReceipts
        get /services/{s}/conversations/{c}/messages/{m}/receipts/{r}    getReceipt
        get /services/{s}/conversations/{c}/messages                     listMessages
    """)
    assert tree(*operations) == {
        "": [],
        "services": [],
        "services.conversations": [],
        "services.conversations.message_receipts": ["retrieve", "list"],
        "services.conversations.messages": ["list"],
    }


def test_operations_that_stand_alone_go_where_their_tag_says() -> None:
    operations = (
        *heads("get /sessions listSessions\n post /sessions createSession", "Sessions"),
        head("get /recent-paths getRecentPaths", "Sessions", several=True),
        head("get /healthz healthz", "Service"),
        head("get /readyz readyz", "Service"),
        head("post /embeddings createEmbedding", "Embeddings"),
    )
    assert tree(*operations) == {
        "": [],
        "embeddings": ["create"],
        "service": ["healthz", "readyz"],
        "sessions": ["create", "list", "list_recent_paths"],
    }


def test_names_that_collide_are_told_apart_by_what_the_operations_say() -> None:
    operations = heads("""
        post /threads/{id}/runs       createRun
        post /threads/runs            createThreadAndRun
        post /runs                    create_run
        post /runs/stream             create_and_stream_run
        get  /runs/{id}/stream        stream_run
        get  /webhooks/{id}           get_webhook
        get  /webhooks/{id}/{token}   get_webhook_with_token
        get  /folders/{id}            retrieve_folder
        get  /folders/name/{folder_name}  get_folder_by_name
    """)
    assert called(*operations) == {
        "post /threads/{id}/runs": "threads.runs.create",
        "post /threads/runs": "threads.runs.create_thread_and_run",
        "post /runs": "runs.create",
        "post /runs/stream": "runs.create_and_stream",
        "get /runs/{id}/stream": "runs.stream",
        "get /webhooks/{id}": "webhooks.retrieve",
        "get /webhooks/{id}/{token}": "webhooks.retrieve_with_token",
        "get /folders/{id}": "folders.retrieve",
        "get /folders/name/{folder_name}": "folders.retrieve_by_name",
    }


def test_names_are_legal_and_shadow_nothing_of_the_client() -> None:
    config = Config.model_validate({"client_settings": {"opts": {"api_key": {"type": "string"}}}})
    names = tree(
        *heads("""
            get  /class/{id}
            get  /options/{id}
            get  /api_key/{id}
            get  /con/{id}
            get  /2fa/{id}
            post /jobs/{id}/with_raw_response
            post /jobs/{id}/return
        """),
        config=config,
    )
    assert set(names) == {"", "class_", "options_", "api_key_", "con_", "resource_2fa", "jobs"}
    assert names["jobs"] == ["create_with_raw_response", "return_"]


def test_paths_with_dots_colons_queries_and_fragments_are_understood() -> None:
    operations = heads("""
        get  /responses/{id}                 getResponse
        get  /responses/{id}?beta=true       beta_getResponse
        post /v1/{name}:cancel               cancelJob
        put  /files/{id}#add_shared_link
        get  /files/{id}
        get  /files/{id}/thumbnail.{ext}
        get  /where/agency/{id}.json
        post /users.list/now
    """)
    assert called(*operations) == {
        "get /responses/{id}": "responses.retrieve",
        "get /responses/{id}?beta=true": "beta.responses.retrieve",
        "post /v1/{name}:cancel": "cancel",
        "put /files/{id}#add_shared_link": "files.add_shared_link",
        "get /files/{id}": "files.retrieve",
        "get /files/{id}/thumbnail.{ext}": "files.retrieve_thumbnail",
        "get /where/agency/{id}.json": "where.retrieve_agency",
        "post /users.list/now": "users.list_now",
    }


def test_every_operation_gets_one_unique_name_in_any_order() -> None:
    generator = random.Random(7)
    words = [
        "users",
        "items",
        "cancel",
        "me",
        "v1",
        "{id}",
        "{name}",
        "status",
        "run",
        "active",
        "import",
    ]
    paths = sorted({"/" + "/".join(generator.choices(words, k=generator.randint(1, 5))) for _ in range(150)})
    operations = [head(f"{method} {path}") for path in paths for method in ("get", "post", "delete")]
    expected = called(*operations)
    assert set(expected) == {operation.key for operation in operations}
    assert len(set(expected.values())) == len(operations)
    assert all(name.replace(".", "_").isidentifier() for name in expected.values())
    generator.shuffle(operations)
    assert called(*operations) == expected


def test_a_new_collection_renames_nothing() -> None:
    before = heads("""
        get  /sessions                 listSessions
        get  /sessions/{id}            getSession
        get  /sessions/{id}/events     listSessionEvents
        get  /sessions/{id}/content    getSessionContent
    """)
    added = heads("""
        post /sessions/{id}/events     createSessionEvent
        post /sessions                 createSession
        get  /agents/{id}              getAgent
        post /sessions/{id}/cancel     cancelSession
    """)
    names = called(*before)
    assert {key: name for key, name in called(*before, *added).items() if key in names} == names


@pytest.mark.parametrize(
    ("line", "several", "name"),
    [
        ("get /cart getCart", True, "cart.retrieve"),
        ("get /board get-board", True, "board.retrieve"),
        ("get /history getHistory", True, "history.list"),
        ("get /staff getStaffMembers", True, "staff.list"),
        ("get /snakes getSnake", False, "snakes.retrieve"),
        ("get /snakes getSnakes", False, "snakes.list"),
        ("get /snakes getSnake", True, "snakes.list"),
    ],
)
def test_a_get_of_one_thing_retrieves_and_of_many_lists(line: str, several: bool, name: str) -> None:
    operation = head(line, several=several)
    assert called(operation)[operation.key] == name


def test_an_operation_id_that_says_more_than_the_method_names_it() -> None:
    operations = heads("""
        get  /poems/today             getPoemOfTheDay
        get  /poem-of-the-day         getPoemOfTheDay2
        post /poems                   submitPoem
        put  /mails/count             setCount
        post /matrices                multiply
        post /tokens                  gettokens
        post /gardens/{id}/water
        post /files/{id}/move         moveFileToFolder
        post /pages/{id}/review       submitReview
        post /pages/{id}/lock         lockPage
        get  /pods                    listPodForAllNamespaces
    """)
    assert called(*operations) == {
        "get /poems/today": "poems.retrieve_today",
        "get /poem-of-the-day": "poem_of_the_day.retrieve",
        "post /poems": "poems.submit",
        "put /mails/count": "mails.set_count",
        "post /matrices": "matrices.multiply",
        "post /tokens": "tokens.create",
        "post /gardens/{id}/water": "gardens.water",
        "post /files/{id}/move": "files.move",
        "post /pages/{id}/review": "pages.submit_review",
        "post /pages/{id}/lock": "pages.lock",
        "get /pods": "pods.list",
    }


def test_the_content_of_an_item_keeps_its_name_when_it_can_be_written_too() -> None:
    read = heads("get /files/{id} getFile\n get /files/{id}/content downloadFile")
    assert called(*read)["get /files/{id}/content"] == "files.content"
    both = called(*read, *heads("put /files/{id}/content uploadFile\n delete /files/{id}/content"))
    assert both == {
        "get /files/{id}": "files.retrieve",
        "get /files/{id}/content": "files.content",
        "put /files/{id}/content": "files.upload",
        "delete /files/{id}/content": "files.delete_content",
    }


def test_a_path_written_as_a_call_belongs_to_the_tag_that_it_acts_on() -> None:
    operations = (
        head("get /getTheTunes listTunes", "tunes"),
        head("get /getTune/{id} getTune", "tunes"),
        head("post /createTune", "tunes"),
        head("delete /delete-tune/{id} deleteTune", "tunes"),
        head("post /playTune playTune", "tunes"),
        head("post /sendMail sendMail", "tunes"),
    )
    assert called(*operations) == {
        "get /getTheTunes": "tunes.list",
        "get /getTune/{id}": "tunes.retrieve",
        "post /createTune": "tunes.create",
        "delete /delete-tune/{id}": "tunes.delete",
        "post /playTune": "tunes.play",
        "post /sendMail": "send_mail",
    }


def test_two_kinds_of_item_on_one_collection_are_told_apart_by_their_operation_ids() -> None:
    operations = heads("get /stars/{names} getStars\n get /stars/catalog{entry} getCatalogEntry")
    assert called(*operations) == {
        "get /stars/{names}": "stars.retrieve",
        "get /stars/catalog{entry}": "stars.retrieve_catalog_entry",
    }


def test_operations_that_are_repeated_under_a_counter_are_named_by_their_paths_and_methods() -> None:
    operations = heads("""
        get    /_count                       count
        post   /_count                       count-1
        get    /{index}/_count               count-2
        post   /{index}/_count               count-3
        get    /_search/scroll               scroll
        post   /_search/scroll               scroll-1
        delete /_search/scroll/{scroll_id}   clearScroll
        get    /_search/scroll/{scroll_id}   scroll-2
        put    /{index}/_doc/{id}            putDoc
        post   /{index}/_doc/{id}            putDoc-1
        get    /people                       list
        get    /projects                     list_1
        get    /projects/{id}                get_1
    """)
    assert called(*operations) == {
        "get /_count": "count.retrieve",
        "post /_count": "count.post",
        "get /{index}/_count": "count.retrieve_for_index",
        "post /{index}/_count": "count.post_for_index",
        "get /_search/scroll": "search.scroll",
        "post /_search/scroll": "search.post_scroll",
        "delete /_search/scroll/{scroll_id}": "search.clear_scroll",
        "get /_search/scroll/{scroll_id}": "search.scroll_by_scroll_id",
        "put /{index}/_doc/{id}": "doc.update",
        "post /{index}/_doc/{id}": "doc.create",
        "get /people": "people.list",
        "get /projects": "projects.list",
        "get /projects/{id}": "projects.retrieve",
    }


@pytest.mark.parametrize(
    ("line", "others", "name"),
    [
        ("post /load_balancers loadBalancers_create", "get /load_balancers/{id} loadBalancers_get", "create"),
        ("delete /load_balancers/{id}/cache loadBalancers_delete_cache", "get /load_balancers x", "delete_cache"),
        ("get /watch/nodes watchNodeList", "get /watch/nodes/{name} watchNode", "list"),
        ("get /watch/nodes/{name} watchNode", "get /watch/nodes watchNodeList", "retrieve"),
        ("delete /stream/keys/{id} stream-keys-delete-key", "get /stream/keys stream-keys-list-keys", "delete"),
        ("get /hosts/{id}/destroy_with_disks listDisks", "get /hosts listHosts", "list_disks"),
        ("delete /hosts/{id}/destroy_with_disks destroyDisks", "get /hosts listHosts", "destroy_with_disks"),
        ("post /{index}/doc index", "get /{index}/doc/{id} getDoc", "create"),
        ("put /move updateMove", "delete /move/{id} deleteMove", "update"),
        ("put /items updateItems", "delete /items/{id} deleteItem", "replace_all"),
    ],
)
def test_words_of_the_path_are_no_verbs_beside_a_real_one(line: str, others: str, name: str) -> None:
    operation = head(line)
    assert called(operation, head(others))[operation.key].rpartition(".")[2] == name


def test_a_question_keeps_its_name() -> None:
    operations = heads("""
        get    /sealed  isSealed
        delete /sealed  unseal
        get    /island  islandInfo
    """)
    assert called(*operations)["get /sealed"] == "sealed.is_sealed"
    assert "island_info" not in called(*operations)["get /island"]


def test_half_a_name_is_none() -> None:
    operations = heads("""
        get  /poems        listPoems
        post /poems        createPoem
        get  /poems/today  getPoemOfTheDay
    """)
    assert called(*operations)["get /poems/today"] == "poems.retrieve_today"


def test_what_is_uploaded_to_a_collection_is_in_a_resource_of_its_own() -> None:
    operations = heads("""
        get  /claims/{id}            getClaim
        post /claims/{id}/documents  uploadDocuments
    """)
    assert called(*operations)["post /claims/{id}/documents"] == "claims.documents.upload"
    operations = heads("""
        get  /products/{id}         getProduct
        post /products/{id}/images  uploadProductImage
    """)
    assert called(*operations)["post /products/{id}/images"] == "products.upload_image"


def test_emptying_is_not_deleting() -> None:
    operations = heads("""
        put    /buckets/{bucket}  createBucket
        delete /buckets/{bucket}  emptyBucket
    """)
    assert called(*operations)["delete /buckets/{bucket}"] == "buckets.empty"


def test_a_method_of_the_client_itself_says_what_it_is_about() -> None:
    assert called(head("get / GetRoutes", "Routes"), *heads("get /items listItems")) == {
        "get /": "get_routes",
        "get /items": "items.list",
    }


def test_a_resource_that_is_called_like_a_tag_has_the_words_of_the_tag() -> None:
    operations = (
        head("get /words listWords", "Words"),
        head("get /words/{id}/meanings listMeanings", "Words"),
        head("get /letters listLetters", "Other"),
    )
    config, tags = Config(), {"Words": "Single words.", "Other": "Not said of letters."}
    root = arrange(operations, config, config.casing, Diagnostics(), tags=tags)
    assert {".".join(path): node.doc for path, node in root.walk()} == {
        "": "",
        "letters": "",
        "words": "Single words.",
        "words.meanings": "",
    }


def test_what_is_retrieved_of_an_item_has_the_verb_in_front_whatever_it_is_called() -> None:
    operations = heads("""
        get /charts/{id}/data     getData
        get /charts/{id}/text     getText
        get /charts/{id}/content  getContent
    """)
    assert tree(*operations)["charts"] == ["content", "retrieve_data", "retrieve_text"]


def test_a_word_that_only_gathers_verbs_is_no_resource() -> None:
    operations = heads("""
        get  /users/{id}                             getUser
        post /users/{id}/lifecycle/activate          activateUser
        post /users/{id}/lifecycle/expire_password   expireUserPassword
        get  /{index}/lifecycle/explain              explainLifecycle
        get  /images/{id}/actions                    listImageActions
        post /images/{id}/actions/resize             resizeImage
    """)
    assert tree(*operations)["users"] == ["retrieve", "activate", "expire_password"]
    assert tree(*operations)["images.actions"] == ["list", "resize"]
    assert tree(*operations)["lifecycle"] == ["explain"]


def test_the_id_of_an_owner_comes_before_that_of_an_item_also_where_items_are_created_without_it() -> None:
    operations = heads("""
        post   /taxonomies                createTaxonomy
        get    /taxonomies/{space}        listTaxonomies
        get    /taxonomies/{space}/{key}  getTaxonomy
        patch  /taxonomies/{space}/{key}  updateTaxonomy
        delete /taxonomies/{space}/{key}  deleteTaxonomy
    """)
    assert tree(*operations)["taxonomies"] == ["create", "retrieve", "update", "list", "delete"]
