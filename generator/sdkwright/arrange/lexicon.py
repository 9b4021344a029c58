"""The words by which names are understood. They are those of HTTP APIs at large; no word stands for one API."""

from __future__ import annotations


def _table(text: str) -> frozenset[str]:
    return frozenset(text.split())


VERBS = _table(
    """
    abort accept acknowledge act activate add adjust advance aggregate allow analyze answer append apply approve
    archive ask assign attach authenticate authorize autocomplete backfill ban batch begin bind block book boost
    broadcast build bulk buy calculate call cancel capture change chat check claim classify clean clear clone
    close collect combine commit compact compare complete compose compress compute confirm connect consume
    continue convert copy count create crosspost deactivate debug decide decline decode decrement decrypt delete
    deliver demote deny deploy deprecate deregister describe destroy detach detect disable disapprove
    disassociate discard disconnect discover dismiss dispatch dispose distribute download draft drain drop
    duplicate edit embed empty enable encode encrypt end enforce enqueue enroll ensure erase estimate evaluate
    exchange exclude exec execute exists expand expire explain export extend extract fail fetch filter finalize
    find finish fire flag flush follow force forget fork format forward freeze fund generate get give grant
    hangup heartbeat hide hold identify ignore import include increment index ingest init initialize inspect
    install instantiate integrate interrupt introspect invalidate invite invoke issue join jump kick kill launch
    leave link list listen load lock login logout lookup lower mark match merge migrate mint modify monitor move
    mute multiply navigate negotiate notify observe open optimize order overwrite pair park parse patch pause
    pay perform pick pin ping play poll pop populate post prepare present preview process promote provision proxy prune
    publish pull purge push put query queue quote raise rate react reactivate read rebuild recalculate receive
    recommend recompile reconnect record recover recycle redact redeem redeliver redo refer refresh refund refuse
    regenerate register reindex reject release reload remix remove rename render renew reopen reorder repair
    repeat replace replay reply report request rerun reschedule resend reserve reset resize resolve restart
    restore restrict resubmit resume resync retrieve retry return reverse revert review revoke rewind roll
    rollback rotate run sample save scale scan schedule scrape scroll seal search select send set share ship
    show shutdown sign simulate skip snooze sort spawn star start stop store stream strip submit subscribe
    succeed suggest summarize suspend swap switch sync synchronize tag take terminate test throttle toggle
    tokenize trace track train transcribe transfer transform transition translate trash trigger trim truncate
    unarchive unassign unban unbind unblock uncomplete undelete undeploy undo unenroll unfollow unfreeze unhide
    uninstall unlink unlock unmark unmerge unmute unpause unpin unpublish unregister unreserve unrevert unsave
    unseal unset unshare unstar unsubscribe unsuspend untag untrash unwatch update upgrade upload upsert use
    validate verify view void vote wait wake warm watch water withdraw write
    """
)
"""Words that begin the name of an action."""

NOUNS_TOO = _table(
    """
    address answer archive block book build call chat check commit copy count discover draft embed export feed
    file flag fork format hold import index invite issue link lock log login logout mark match monitor
    order park patch pin play poll post preview process proxy query queue quote rate record release report
    request return review sample scale schedule search sign sort star store stream tag test trace track transfer
    trash update upgrade upload use view vote watch water
    """
)
"""Verbs that may as well be what is acted on; alone at the top of a path they are resources."""

PLAIN = _table(
    """
    content contents count counts diff exists health healthcheck healthz info liveness livez ping readiness
    ready readyz root stats status summary telemetry usage version whoami
    """
)
"""Nouns that read well as methods: `files.content()`, `client.health()`."""

GROUPS = frozenset({"action", "actions", "command", "commands", "lifecycle"})
"""Words that may stand between an item and what is done with it, and add nothing to the verb."""

CONTENT = frozenset({"content", "contents"})
"""What an item holds: read, written and deleted by methods of the item's resource."""

GET_ACTIONS = _table(
    """
    check count export poll preview query search stream test track view watch
    """
)
"""Verbs of `NOUNS_TOO` that are meant as verbs in a GET all the same."""

NO_LAST_VERB = _table(
    """
    answer block book call chat check count file format import index issue link list log match order patch play
    post process query quote rate record report request return review sample schedule sort store tag trace use
    view
    """
)
"""Verbs that are nouns at the end of an operationId."""

MARKS = _table(
    """
    alpha beta deprecated experimental internal legacy unstable
    """
)
"""Words that stand before a name and say how stable it is."""

NOT_PARTICIPLES = _table(
    """
    bed embed feed med need red seed shed speed
    """
)
"""Words in -ed that are no participles."""

CREATE = frozenset({"create", "add", "new", "make", "insert", "post"})
RETRIEVE = frozenset(
    {
        "get",
        "retrieve",
        "fetch",
        "read",
        "show",
        "describe",
        "view",
        "load",
        "find",
        "lookup",
        "return",
    }
)
LIST = frozenset({"list", "index"})
UPDATE = frozenset({"update", "modify", "edit", "patch", "change", "set", "put", "save", "adjust"})
REPLACE = frozenset({"replace"})
DELETE = frozenset({"delete", "remove", "destroy", "drop", "erase"})
USUAL = CREATE | RETRIEVE | LIST | UPDATE | REPLACE | DELETE
MANY = frozenset({"bulk", "batch", "multi", "multiple", "all", "many", "hard", "soft", "force"})
"""Words that stand before a verb: how much it does at once, or how thoroughly."""

SINGLE_PLURALS = _table(
    """
    capabilities credentials details limits metrics options permissions preferences quotas statistics
    """
)
"""Plurals that are one thing: retrieved, not listed, unless the answer is a list."""

COLLECTIVES = _table(
    """
    activity audit backlog catalog catalogue changelog feed history inbox inventory leaderboard log menu news
    outbox queue roster staff timeline trail trash
    """
)
"""Singulars that are many things: listed if the answer is a list."""

JOINING = _table(
    """
    a an as at for from in into its of on onto the to via within
    """
)
"""Words of an operationId that only join others."""

PREDICATES = frozenset({"can", "has", "is"})
"""Words that begin a question: a GET that is called so keeps its name (`is_sealed`)."""

ARTICLES = frozenset({"a", "an", "the"})

QUALIFIERS = _table(
    """
    active closed current default inactive latest open own pending private public recent
    """
)
"""Adjectives: a path segment of these says which items, not what they are."""

PREFIXES = frozenset({"api", "apis", "rest"})
"""Leading path segments that are no part of an API's own order."""

GENERIC_TAGS = _table(
    """
    api beta default general main misc operations other others public root v1 v2 v3
    """
)
"""Tags that group nothing."""

SELF = frozenset({"me", "self", "myself"})
"""Path segments that stand for the caller in the place of an id."""

CLIENT_MEMBERS = _table(
    """
    auth_headers auth_schemes base_url close copy custom_auth default_headers default_query default_security
    delete get get_api_list is_closed max_retries options patch platform_headers post put qs request send_request
    timeout user_agent with_options with_raw_response with_streaming_response
    """
)
"""Attributes that every client has (SURFACE.md, "Client")."""

RESOURCE_MEMBERS = frozenset({"with_raw_response", "with_streaming_response"})
"""Attributes that every resource has."""

CRUD_ORDER = ("create", "retrieve", "update", "replace", "list", "delete")
"""The order in which a person lists the methods of a resource."""
