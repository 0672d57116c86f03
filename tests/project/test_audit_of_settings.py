"""Every change of people, access and settings is on record once, with old and new
values, whatever its entry point.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from claims.models import (
    Claim,
    DeskChannel,
    Interest,
    Mailbox,
    Rating,
    RatingScale,
    WebhookEndpoint,
)
from factcheck.ledger import change_context
from factcheck.ledger.audited import Audited
from factcheck.newsroom import tokens
from factcheck.newsroom.models import ApiToken, Desk, Membership, SavedView, User
from sources.models import Claimant, Owner, Publisher
from sources.models.claimant import replaced_with
from sources.watching.link_checks import check_now
from tests import factories
from tests.project.api import Api
from tests.project.audit_entries import now, posted, since

pytestmark = pytest.mark.django_db
SECRET = "correct horse battery staple"

# Tables that are not `Audited`, and why nothing is lost by that.
EXEMPT = {
    "sources.picture": "what a machine read of a file; attaching the file is recorded",
    "sources.picturehash": "computed of a picture; only ever added",
    "sources.similarpictures": "computed of two pictures; only ever added",
    "claims.bulkchange": "each of its claims is changed by the service that records it",
    "claims.import": "importing.running records each one begun, started and finished",
    "claims.broughtexport": "desk_import.bringing records each one begun and finished",
    "claims.broughtrecord": "a line of an export that is recorded; only ever added",
    "claims.importedclaim": "of an export that is recorded; taking one up is recorded",
    "claims.deskexport": "desk_export.making records each one ordered, made and downloaded",
    "claims.importrow": "a row of a file, deleted after a month; what it wrote is recorded",
    "claims.importedfactcheck": "written by an import that is recorded; a change of one has its entry",
    "claims.bulkitem": "what came of one claim, which has its own entry",
    "claims.finishedarticle": "triage records who was done with an article",
    "claims.channelpost": "work of a machine; the event it tells of is recorded",
    "claims.event": "written by what happens, which is recorded; guards refuse all else",
    "claims.eventcount": "counts events; guards refuse all else",
    "claims.webhookdelivery": "work of a machine; the event it tells of is recorded",
    "claims.notification": "the event it tells of is recorded",
    "claims.notificationsetting": "what one's own mailbox gets; nobody else sees or sets it",
    "claims.formdraft": "what its writer alone reads, and nobody may keep; saving it is recorded",
    "claims.watch": "what one wants to hear of; nobody else sees or sets it",
    "claims.claim": "workflow.apply, claim_editing.edit_claim and triage record every change",
    "claims.confidentialidentity": (
        "only ever added, with its note; that there is one is recorded, never what"
    ),
    "claims.replyrequest": "contacts records what was asked and answered",
    "claims.interview": "only ever added; recorded as evidence",
    "claims.evidence": "checking records every item attached, captured, rechecked and withdrawn",
    "claims.extraction": "work of a machine; a person's retry is recorded",
    "claims.picturedecision": "matching.pictures records each one made and taken back",
    "claims.matchanswer": "what was made of a match, which matching or the workflow records",
    "claims.differentclaim": "matching.decisions records each one marked and taken back",
    "claims.claimvariant": "matching.variants records each one linked and undone",
    "claims.verdictcopy": "only ever added; verdict_copies records each one",
    "claims.repeatcheck": "work of a machine; what a person makes of it is recorded",
    "claims.repetitionproposal": "repeat_checks records each one dismissed or added",
    "claims.knownclaim": "an index, kept by triggers and a worker; says nothing of its own",
    "claims.livestream": "live.streams and decisions record each one started, decided and ended",
    "claims.livechunk": "what was said, as it came; only ever added",
    "claims.livesentence": "read by a machine; decisions record what a person made of it",
    "claims.listing": "follows its verdict by triggers; guards refuse all else",
    "claims.reference": "added by triggers to what is said; only ever added",
    "claims.methodology": "only ever added; text_versions records each one published",
    "claims.sitetext": "only ever added; text_versions records each one published",
    "claims.publicchange": "counts, by triggers, changes that have their own entries",
    "claims.repetition": "repetitions records each one added, confirmed and withdrawn",
    "claims.recheck": "reviews and the aftermath of moves record each one opened and decided",
    "claims.scheduledpublication": "planned and ended by moves, which are recorded",
    "claims.sourcechange": "changes records each one noticed and decided",
    "claims.readertip": "submitters records that somebody was entered and erased, never who",
    "claims.tip": "tip_decisions records each decision; receiving one is nobody's act",
    "claims.tipmessage": "what a reader wrote; tip_decisions records that it was read or erased",
    "claims.sourcegrant": "source_access records each one given and revoked",
    "claims.sourceread": "only ever added; source_access records each one with its reason",
    "claims.sourcereadrequest": "source_access records each one made and confirmed",
    "claims.suggestion": "triage records every decision",
    "claims.query": "threads records every query; of privileged ones that they changed",
    "claims.querymessage": "recorded with its thread; only ever added",
    "claims.claimtag": "tags records what a claim had and has",
    "claims.signedcontent": "only ever added, by a signature, which is recorded",
    "claims.topic": "topics records what is added, renamed and put on a claim",
    "claims.transition": "it is itself the record, and only ever added",
    "claims.verdict": "writing.write_verdict and workflow.apply record every change",
    "claims.verdictrevision": "only ever added, with verdict.write",
    "claims.waiver": "waivers records each one given and revoked",
    "newsroom.accessgrant": "only ever added, by an act that is recorded",
    "newsroom.idempotencykey": "what a request did is recorded; this is its answer, for a day",
    "newsroom.listfile": "what one person reads anyway, made as a file for them",
    "newsroom.listfilepart": "the lines of such a file, deleted after a day",
    "newsroom.listsetting": "how a person's own list opens; it changes nothing for others",
    "newsroom.mail": "work of a machine; the act it tells of is recorded",
    "sources.article": "ingest records each one sent in",
    "sources.articlefetch": "work of a machine; a person's retry is recorded",
    "sources.articleversion": "only ever added; recorded as article.version",
    "sources.followedfeed": "feeds records each one followed and ended",
    "sources.feeditem": "what a machine found; each is an article or says why not",
    "sources.publiccopy": "work of a machine, begun by a publication, which is recorded",
    "sources.capture": "only ever added; recorded where evidence stands on it",
    "sources.link": (
        "looks keep a history of their own; citing one and asking for a look are recorded"
    ),
    "sources.linkcheck": "it is itself a history, and only ever added",
    "sources.reliabilitynote": "only ever added; registry records each one",
}


def _models() -> Iterator[Any]:
    for app in ("newsroom", "sources", "claims"):
        models = apps.get_app_config(app).get_models()
        yield from (model for model in models if not model._meta.proxy)


MAKERS: dict[type, Callable[[Desk, User], Any]] = {
    Desk: lambda desk, by: desk,
    User: lambda desk, by: factories.person("somebody", desk),
    Membership: lambda desk, by: Membership.objects.create(
        user=factories.person("somebody", desk), desk=desk, role="checker"
    ),
    DeskChannel: lambda desk, by: DeskChannel.objects.create(
        desk=desk, service="slack", address=f"https://hooks.example/{SECRET}", kinds=["recheck"]
    ),
    WebhookEndpoint: lambda desk, by: WebhookEndpoint.objects.create(
        desk=desk, name="CMS", url=f"https://cms.example/{SECRET}", secret=SECRET
    ),
    Mailbox: lambda desk, by: Mailbox.objects.create(desk=desk, secret_hash=SECRET),
    ApiToken: lambda desk, by: tokens.issue(by, by=by, name="Key", scopes=["read"])[0],
    RatingScale: lambda desk, by: factories.scale(),
    Rating: lambda desk, by: factories.rating(),
    Owner: lambda desk, by: Owner.objects.create(name="The house"),
    Publisher: lambda desk, by: Publisher.objects.create(
        name="VerdictPanel", domain="paper.example", owner=Owner.objects.create(name="The house")
    ),
    SavedView: lambda desk, by: SavedView.objects.create(
        owner=by, screen="claims.claim", name="Open ones", query="status__exact=open"
    ),
    # Its words never change: other ones are a new version, on record as a change.
    Claimant: lambda desk, by: replaced_with(Claimant.objects.create(name="Mira Halloway"), {}),
}
CHANGES: dict[type, tuple[str, Any, Any]] = {
    Desk: ("reply_hours", 24, 48),
    User: ("byline", "", "S. Body"),
    Membership: ("assigned_only", False, True),
    DeskChannel: ("active", True, False),
    WebhookEndpoint: ("active", True, False),
    Mailbox: ("active", True, False),
    ApiToken: ("name", "Key", "Another key"),
    RatingScale: ("name", "Truth", "Candour"),
    Rating: ("needs_reply", False, True),
    Owner: ("name", "The house", "The other house"),
    Publisher: ("kind", "secondary", "primary"),
    Claimant: ("description", "", "mayor"),
    SavedView: ("screen", "claims.claim", "sources.link"),
}


def test_every_table_is_audited_or_says_why_not() -> None:
    audited = {model for model in _models() if issubclass(model, Audited)}
    others = {model._meta.label_lower for model in _models() if not issubclass(model, Audited)}
    missing = others - set(EXEMPT)
    assert not missing, (
        f"Make these Audited, or say in EXEMPT how they come to be on record: {missing}"
    )
    assert (
        audited - {Interest} == set(MAKERS) == set(CHANGES)
    )  # test_interests shows that one: a guard lets it only end
    for model in audited:
        fields = {field.name for field in model._meta.concrete_fields}
        assert set(model.unaudited) | model.redacted | set(model.events) <= fields
        assert all(reason for reason in model.unaudited.values())


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("way", ["admin", "api", "task", "command"])
def test_a_save_is_one_entry_with_who_where_and_what(
    desk: Desk, admin_person: User, model: Any, way: str
) -> None:
    row = MAKERS[model](desk, admin_person)
    name, old, new = CHANGES[model]
    for _ in range(2):
        before = now()
        setattr(row, name, new)
        with change_context.entry_point(way, "request-7"), change_context.acting_as(admin_person):
            row.save()
        entries = since(before)
        if _ == 1:
            assert entries == []
            continue
        (entry,) = entries
        assert entry.changes == {name: [old, new]}
        assert (entry.actor, entry.entry_point, entry.request_id) == (
            "admin_person",
            way,
            "request-7",
        )
        assert (
            entry.object_type == model._meta.label_lower
            and entry.action == f"{model._meta.model_name}.change"
        )


@pytest.mark.parametrize("model", [Owner, Publisher, RatingScale, Desk])
def test_without_anybody_it_was_the_system(desk: Desk, admin_person: User, model: Any) -> None:
    row, (name, old, new) = MAKERS[model](desk, admin_person), CHANGES[model]
    before = now()
    setattr(row, name, new)
    row.save(update_fields=[name])
    (entry,) = since(before)
    assert (entry.actor, entry.entry_point, entry.changes) == (
        "system",
        "command",
        {name: [old, new]},
    )


def test_what_a_save_does_not_write_is_not_told(desk: Desk) -> None:
    desk.reply_hours, desk.name, before = 48, "Never saved", now()
    desk.save(update_fields=["reply_hours"])
    assert [entry.changes for entry in since(before)] == [{"reply_hours": [24, 48]}]


def test_each_screen_of_the_admin_leaves_one_entry(
    client: Client, desk: Desk, admin_person: User, checker: User
) -> None:
    client.force_login(admin_person)
    person = {"username": "newcomer", "email": "new@news.example", "desk": desk.pk}
    before = now()
    client.post("/admin/newsroom/user/add/", person | {"role": "reporter"})
    invited = since(before)
    assert [(entry.action, entry.actor) for entry in invited] == [
        ("user.add", "admin_person"),
        ("membership.add", "admin_person"),
        ("user.invitation", "admin_person"),
    ]
    assert "password" not in invited[0].changes
    new = User.objects.get(username="newcomer")
    assert posted(
        client,
        "/admin/newsroom/membership/add/",
        {"user": new.pk, "desk": desk.pk, "role": "checker"},
    ).changes["role"] == ["", "checker"]
    held = new.memberships.get(role="checker")
    ended = posted(
        client, f"/admin/newsroom/membership/{held.pk}/change/", {"end_date": "2020-01-01"}
    )
    assert ended.changes == {"end_date": ["", "2020-01-01"]}
    rules = {
        "name": "Metro",
        "time_zone": "UTC",
        "evidence_needed": 3,
        "reply_hours": 24,
        "tip_retention_days": 90,
    }
    assert posted(client, f"/admin/newsroom/desk/{desk.pk}/change/", rules).changes == {
        "evidence_needed": [2, 3]
    }
    assert (
        posted(
            client,
            "/admin/claims/ratingscale/add/",
            {"name": "Scale", "version": 1, "in_use": "on"},
        ).action
        == "ratingscale.add"
    )
    client.force_login(checker)
    owner = posted(client, "/admin/sources/owner/add/", {"name": "The house"})
    assert (owner.actor, owner.changes) == ("checker", {"name": ["", "The house"]})
    paper = {
        "name": "VerdictPanel",
        "domain": "paper.example",
        "owner": Owner.objects.get().pk,
        "kind": "primary",
    }
    assert posted(client, "/admin/sources/publisher/add/", paper).changes["owner"] == [
        "",
        "The house",
    ]
    assert (
        posted(client, "/admin/sources/claimant/add/", {"name": "Mira", "kind": "Person"}).action
        == "claimant.add"
    )


def test_a_client_of_the_api_is_the_actor_of_what_it_makes_by_the_way(checker: User) -> None:
    api, before = Api(checker), now()
    body = {"text": "The city planted trees.", "claimant": {"name": "Mira Halloway"}}
    api.post("claims/", body, **{"X-Request-ID": "from-a-client"})
    entries = {entry.action: entry for entry in since(before)}
    assert set(entries) == {"claimant.add", "claim.create"}
    made = entries["claimant.add"]
    assert (made.actor, made.entry_point, made.request_id) == ("checker", "api", "from-a-client")
    claim = factories.ready(checker)
    before = now()
    api.post(
        f"claims/{claim.public_id}/evidence/",
        {"url": "https://new.example/a", "stance": "refutes", "finding": "It shows it."},
    )
    added = [(entry.action, entry.actor, entry.entry_point) for entry in since(before)]
    assert added == [
        (action, "checker", "api")
        for action in ("owner.add", "publisher.add", "link.cite", "evidence.attach")
    ]


def test_signing_in_and_out_and_failing_to_is_audited(client: Client, checker: User) -> None:
    before = now()
    client.post("/accounts/login/", {"login": "checker", "password": "wrong"})
    client.post("/accounts/login/", {"login": SECRET, "password": "wrong"})
    client.post("/accounts/login/", {"login": "checker", "password": factories.PASSWORD})
    client.post("/admin/logout/")
    entries = since(before)
    assert [(entry.action, entry.object_id, entry.actor) for entry in entries] == [
        ("user.login_failed", str(checker.public_id), "system"),
        ("user.login_failed", "unknown", "system"),
        ("user.login", str(checker.public_id), "checker"),
        ("user.logout", str(checker.public_id), "checker"),
    ]
    assert all(entry.entry_point == "admin" and SECRET not in str(vars(entry)) for entry in entries)


def test_a_requested_check_and_a_pinned_capture_are_audited(
    desk: Desk, checker: User, ready: Claim
) -> None:
    item = factories.evidence(ready, checker, capture=False)
    before = now()
    check_now(item.link, by=checker)
    factories.captured(item.link, "It shows it.")
    asked, pinned = since(before)
    assert (asked.action, asked.actor, asked.desk_id) == ("link.check", "checker", desk.pk)
    item.refresh_from_db()
    assert (pinned.action, pinned.actor) == ("evidence.capture", "system")
    assert pinned.changes["capture"] == ["", str(item.capture and item.capture.public_id)]


def test_what_is_refused_leaves_no_entry(client: Client, admin_person: User, desk: Desk) -> None:
    client.force_login(admin_person)
    before = now()
    rules = {
        "name": "Metro",
        "time_zone": "Moon/Base",
        "evidence_needed": 99,
        "reply_hours": 24,
        "tip_retention_days": 90,
    }
    assert client.post(f"/admin/newsroom/desk/{desk.pk}/change/", rules).status_code == 200
    assert since(before) == []
