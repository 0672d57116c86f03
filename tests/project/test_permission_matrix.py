"""The whole matrix of permissions as the code answers it, against what people reviewed;
and each entry point tried over HTTP.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from claims.choices import Action, Stance
from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from claims.desk.queries import Question, open_query
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note
from claims.evidence.source_changes import detect, log_changes
from claims.intake.tips import TipDetails, add_tip
from claims.intake.triage import accept
from claims.models import (
    Claim,
    Evidence,
    Interest,
    Query,
    Recheck,
    Repetition,
    SourceChange,
    Suggestion,
)
from claims.publication.rechecks import request_rechecks
from claims.publication.repetitions import RepetitionDetails, add
from claims.workflow import MoveData, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import Membership, User
from factcheck.newsroom.permissions import RULES
from sources.models import Article, Link
from tests import factories
from tests.project.api import Api

REVIEWED = Path(__file__).with_name("permission_matrix.txt")
REFUSED = {403, 404}


def _printed(**options: str) -> str:
    out = StringIO()
    call_command("permission_matrix", stdout=out, **options)
    return out.getvalue()


def test_the_matrix_is_the_one_that_was_reviewed(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed = [line for line in REVIEWED.read_text(encoding="utf-8").splitlines()[2:] if line]
    found = _printed().splitlines()
    new, gone = (
        [line for line in found if line not in reviewed],
        [line for line in reviewed if line not in found],
    )
    told = "\n".join(
        [
            (
                "The code answers otherwise than reviewed. If that is meant, paste it into"
                " permission_matrix.txt."
            ),
            *new,
            "instead of",
            *gone,
        ]
    )
    assert found == reviewed, told
    with capsys.disabled():
        print(f"\npermission matrix: {found[-1].removeprefix('# ')}")  # noqa: T201 (the count is the point)


def test_it_is_told_to_machines_cell_by_cell(db: None) -> None:
    cells = json.loads(_printed(format="json"))
    assert {cell["action"] for cell in cells} == set(RULES)
    assert {cell["role"] for cell in cells} == set(Role.values)
    one = {
        "action": "claim.approve",
        "object": "claim",
        "state": "in_review",
        "role": "checker",
        "relation": "author",
    }
    assert {**one, "allowed": False} in cells and {
        **one,
        "role": "editor",
        "allowed": True,
    } in cells


# --- every entry point over HTTP
# --------------------------------------------------------------------------------------

RELATIONS = (
    "none",
    "asked",
    "assignee",
    "author",
    "counsel",
    "night",
    "opener",
    "submitter",
    "writer",
)


def _allowed() -> dict[tuple[str, str, str], bool]:
    """(action, role, relation) → may they in any state at all, as reviewed."""
    found: dict[tuple[str, str, str], bool] = {}
    for line in REVIEWED.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            action, *marks = line.split()[: 1 + len(Role)]
            for role, signs in zip(Role.values, marks, strict=True):
                for relation, sign in zip(RELATIONS, signs, strict=True):
                    found[action, role, relation] = (
                        found.get((action, role, relation), False) or sign == "+"
                    )
    return found


@dataclass
class Stage:
    """A claim in review on which the subject stands in one relation, and what hangs on
    it.
    """

    subject: User
    claim: Claim
    query: Query
    secret: Query | None
    asked_off: Query
    article: Article
    suggestion: Suggestion
    link: Link
    item: Evidence
    note: Evidence
    interest: Interest
    review: Recheck
    entry: AuditEntry
    again: Repetition
    change: SourceChange

    def put_in(self, role: str) -> User:
        Membership.objects.filter(user=self.subject).update(role=role)
        return User.objects.get(pk=self.subject.pk)


def _stage(relation: str) -> Stage:
    desk = factories.desk("Metro")
    subject, worker = (
        factories.person("subject", desk, "checker"),
        factories.person("worker", desk, "checker"),
    )
    editor = factories.person("the_editor", desk, "editor")
    article = factories.article_read(
        subject if relation in {"asked", "submitter"} else worker, desk
    )
    claim = accept(article.suggestions.order_by("part", "rank")[0], by=worker)
    author = subject if relation == "author" else worker
    apply(claim, Action.TAKE, by=author)
    item = factories.evidence(claim, author)
    factories.evidence(claim, author)
    note = _noted(claim, subject if relation == "writer" else worker, editor)
    add_tip(claim, by=worker, details=TipDetails(name="Ole Brandt"))
    factories.written(claim, author)
    apply(claim, Action.SUBMIT, by=author)
    # By somebody else, so that no last move is the subject's own: repeating that one is
    # harmless, and allowed to all.
    to = subject if relation == "assignee" else worker
    move_data = MoveData(note="Knows the register.", assignee=to)
    apply(claim, Action.REASSIGN, by=editor, data=move_data)
    text = "Which register, @subject?" if relation == "asked" else "Which register?"
    query = open_query(
        claim, by=subject if relation == "opener" else worker, question=Question(text=text)
    )
    secret = (
        open_query(claim, by=editor, question=Question(text="Could they sue?", privileged=True))
        if relation == "counsel"
        else None
    )
    claim.refresh_from_db()
    other = factories.article_read(
        subject if relation in {"asked", "submitter"} else worker,
        desk,
        text=factories.ARTICLE.replace("412", "418"),
    )
    known = factories.published(worker, editor)
    factories.person("the_lawyer", desk, "legal")
    asked_off = open_query(
        known, by=editor, question=Question(text="May we say so?", sign_off=True)
    )
    cited = known.evidence.order_by("number")[0].link
    request_rechecks(cited, by=editor, note="The office took the table back.")
    interest = declare(
        by=worker,
        declaration=DeclaredInterest(about="My brother sails there.", owner="Harbour trust"),
    )[0]
    if relation == "night":
        now = timezone.now()
        desk.night_from, desk.night_until = (
            (now - timedelta(hours=1)).time(),
            (now + timedelta(hours=1)).time(),
        )
        desk.save()
    log_changes(
        detect(item.link, factories.captured(item.link, "The page says something else now."))
    )
    suggestion = other.suggestions.order_by("part", "rank")[0]
    entry = AuditEntry.objects.filter(
        object_type="claims.claim", object_id=str(claim.public_id)
    ).latest("seq")
    repetition = RepetitionDetails(
        factories.claimant("Ole Brandt"),
        timezone.now().date(),
        "It planted them all.",
        "https://radio.example/noon",
    )
    again = add(known, by=subject if relation == "opener" else worker, details=repetition)
    return Stage(
        subject,
        claim,
        query,
        secret,
        asked_off,
        article,
        suggestion,
        cited,
        item,
        note,
        interest,
        Recheck.objects.get(),
        entry,
        again,
        SourceChange.objects.get(),
    )


def _noted(claim: Claim, by: User, editor: User) -> Evidence:
    """Signed by whoever the claim is assigned to for as long as that takes."""
    holder = Claim.objects.get(pk=claim.pk).assignee
    Claim.objects.filter(pk=claim.pk).update(assignee=by)
    interview_note = Note(
        person="somebody at the harbour office",
        channel="phone",
        held_at=timezone.now() - timedelta(hours=1),
        text="It was closed in April.",
        speaks_for="Harbour office",
        confidential=True,
        real_name="Nell Varga",
        contact="4711",
    )
    made = attach_note(
        claim,
        by=by,
        note=interview_note,
        item=EvidenceDetails(url="", stance=Stance.SUPPORTS, quote="closed in April"),
    )
    Claim.objects.filter(pk=claim.pk).update(assignee=holder)
    claim.refresh_from_db()
    return made


EntryPoint = Callable[[Client, Client, Stage], Any]


def _api(method: str, path: str, body: dict[str, Any] | None = None) -> EntryPoint:
    def knock(api: Client, page: Client, stage: Stage) -> Any:
        told = {
            name: stage.claim.version if value == "VERSION" else value
            for name, value in (body or {}).items()
        }
        if method == "get":
            return api.get(f"/api/v1/{_filled(path, stage)}")
        return getattr(api, method)(
            f"/api/v1/{_filled(path, stage)}", json.dumps(told), content_type="application/json"
        )

    return knock


def _page(method: str, path: str, body: dict[str, Any] | None = None) -> EntryPoint:
    def knock(api: Client, page: Client, stage: Stage) -> Any:
        told = {
            name: stage.claim.version if value == "VERSION" else value
            for name, value in (body or {}).items()
        }
        return getattr(page, method)(f"/admin/{_filled(path, stage)}", told)

    return knock


def _filled(path: str, stage: Stage) -> str:
    return path.format(
        claim=stage.claim,
        query=stage.query,
        secret=stage.secret or stage.query,
        asked_off=stage.asked_off,
        article=stage.article,
        suggestion=stage.suggestion,
        link=stage.link,
        item=stage.item,
        note=stage.note,
        interest=stage.interest,
        review=stage.review,
        entry=stage.entry,
        again=stage.again,
        change=stage.change,
    )


AGAIN = {
    "stated_date": "2026-05-04",
    "words": "Not one of them.",
    "appearance_url": "https://radio.example/noon",
}
WORDS = {"rating": None, "short_answer": "", "explanation": "", "version": 1}
SOURCE = {"url": "https://more.example/", "stance": "context", "finding": "It."}
# The entry points of each rule that is not a move of a claim; those follow by
# themselves. A new rule without entry points fails.
ENTRY_POINTS: dict[str, tuple[EntryPoint, ...]] = {
    "article.submit": (_api("post", "articles/", {"text": "A text of our own."}), _page("post", "sources/article/add/", {"text": "A text."})),
    "article.view": (_api("get", "articles/{article.public_id}/"), _page("get", "sources/article/{article.pk}/change/")),
    "article.retry": (_api("post", "articles/{article.public_id}/retry/"),),
    "suggestion.decide": (
        _api("post", "suggestions/{suggestion.public_id}/decline/", {"reason": "opinion"}),
        _page("post", "claims/suggestion/{suggestion.pk}/decline/", {"reason": "opinion"}),
    ),
    "claim.create": (_api("post", "claims/", {"text": "A claim."}), _page("post", "claims/claim/add/", {"text": "A claim."})),
    "claim.view": (_api("get", "claims/{claim.public_id}/"), _page("get", "claims/claim/{claim.pk}/change/")),
    "claim.edit": (
        _api("patch", "claims/{claim.public_id}/", {"text": "Other words.", "version": "VERSION"}),
        _page("post", "claims/claim/{claim.pk}/details/", {"text": "Other words.", "version": "VERSION"}),
    ),
    "evidence.attach": (
        _api("post", "claims/{claim.public_id}/evidence/", SOURCE),
        _page("post", "claims/claim/{claim.pk}/evidence/", SOURCE),
    ),
    "evidence.view": (_page("get", "claims/claim/{claim.pk}/evidence/1/capture/"),),
    "gate.waive": (
        _api("post", "claims/{claim.public_id}/waivers/", {"reason": "One is enough."}),
        _page("post", "claims/claim/{claim.pk}/waivers/", {"reason": "One is enough."}),
    ),
    "reply_request.write": (
        _api("post", "claims/{claim.public_id}/reply-requests/", {"person": "The mayor", "channel": "email", "question": "Why?"}),
        _page("post", "claims/claim/{claim.pk}/reply-requests/", {"person": "The mayor", "channel": "email", "question": "Why?"}),
    ),
    "query.view": (_api("get", "queries/{query.public_id}/"),),
    "query.write": (
        _api("post", "queries/{query.public_id}/messages/", {"text": "The one of 2024."}),
        _page("post", "claims/claim/{claim.pk}/queries/{query.public_id}/", {"text": (
            "The one of"
            " 2024."
        )}),
    ),
    "query.resolve": (
        _api("post", "queries/{query.public_id}/resolve/"),
        _page("post", "claims/claim/{claim.pk}/queries/{query.public_id}/resolve/"),
    ),
    # The page has no such tick for others, and takes their query as a plain one.
    "query.privileged": (_api("post", "claims/{claim.public_id}/queries/", {"text": (
        "Could they"
        " sue?"
    ), "privileged": True}),),
    "query.ask_sign_off": (
        _api("post", "claims/{claim.public_id}/queries/", {"text": "May we say so?", "sign_off": True}),
        _page("post", "claims/claim/{claim.pk}/queries/", {"text": "May we say so?", "sign_off": "on"}),
    ),
    "query.sign_off": (
        _api("post", "queries/{asked_off.public_id}/resolve/", {"version": 1}),
        _page("post", "claims/claim/{asked_off.claim_id}/queries/{asked_off.public_id}/resolve/"),
    ),
    "verdict.write": (
        _api("put", "claims/{claim.public_id}/verdict/", WORDS),
        _page("post", "claims/claim/{claim.pk}/verdict/", {"short_answer": "Other.", "version": 1}),
    ),
    "link.view": (_page("get", "sources/link/{link.pk}/change/"),),
    "link.check": (_page("post", "sources/link/{link.pk}/check/"),),
    "publisher.note": (
        _api("post", "publishers/{link.publisher.public_id}/notes/", {"level": "with_care", "reason": "It copies."}),
        _page("post", "sources/publisher/{link.publisher.pk}/note/", {"level": "with_care", "reason": "It copies."}),
    ),
    "source_change.decide": (
        _api("post", "source-changes/{change.public_id}/decision/", {}),
        _page("post", "claims/sourcechange/{change.pk}/supports/", {}),
    ),
    "publisher.edit": (_page("post", "sources/owner/add/", {"name": "A house"}),),
    "audit.view": (_page("get", "ledger/auditentry/"),),
    "audit.view_content": (_page("get", "ledger/auditentry/{entry.pk}/change/"),),
    "people.manage": (_page("post", "newsroom/desk/add/", {"name": "World"}), _page("get", "newsroom/user/")),
    "ratings.manage": (_page("post", "claims/ratingscale/add/", {"name": "Words", "version": 1}),),
    "methodology.manage": (_page("post", "claims/methodology/add/", {"text": "Two people sign."}),),
    "claim.topic": (
        _api("put", "claims/{claim.public_id}/topic/", {"topic": None}),
        _page("post", "claims/claim/{claim.pk}/topic/", {"topic": "", "version": "VERSION"}),
    ),
    "topic.manage": (_api("post", "topics/", {"name": "Floods"}), _page("post", "claims/topic/add/", {"name": "Floods"})),
    "selection_log.view": (_api("get", "selection-log/"), _page("get", "claims/suggestion/selection-log/")),
    "tip.view": (_api("get", "claims/{claim.public_id}/tip/"),),
    "tip.erase": (
        _api("delete", "claims/{claim.public_id}/tip/"),
        _page("post", "claims/claim/{claim.pk}/tip/erase/"),
    ),
    "claim.embargo": (
        _api("patch", "claims/{claim.public_id}/", {"embargo_until": "2040-01-01T06:00:00Z", "version": "VERSION"}),
        _page("post", "claims/claim/{claim.pk}/embargo/", {"until": "2040-01-01T06:00", "version": "VERSION"}),
    ),
    "claim.export": (_api("get", "claims/{claim.public_id}/export/"), _page("get", "claims/claim/{claim.pk}/export/")),
    "evidence.edit": (
        _api("patch", "evidence/{item.public_id}/", {"locator": "page 7", "version": 1}),
        _page("post", "claims/claim/{claim.pk}/evidence/1/edit/", {"locator": "page 7", "version": 1}),
    ),
    "evidence.identity": (_api("get", "evidence/{note.public_id}/identity/"),),
    "interest.declare": (
        _api("post", "interests/", {"about": "My sister runs it.", "owner": "Ferry house"}),
        _page("post", "claims/interest/add/", {"about": "My sister runs it.", "owner": (
            "Ferry"
            " house"
        )}),
    ),
    "interest.view": (_page("get", "claims/interest/{interest.pk}/change/"),),
    "repetition.add": (
        _api("post", "claims/{claim.public_id}/repetitions/", AGAIN | {"claimant": {"name": (
            "Ole"
            " Brandt"
        )}}),
        _page("post", "claims/claim/{claim.pk}/repetitions/", AGAIN | {"claimant": "Ole Brandt"}),
    ),
    "repetition.confirm": (
        _api("post", "repetitions/{again.public_id}/confirm/"),
        _page("post", "claims/claim/{again.claim_id}/repetitions/{again.public_id}/confirm/"),
    ),
    "repetition.withdraw": (
        _api("post", "repetitions/{again.public_id}/withdraw/", {"reason": "Somebody else."}),
        _page("post", "claims/claim/{again.claim_id}/repetitions/{again.public_id}/withdraw/", {"reason": "Somebody else."}),
    ),
    "recheck.view": (_api("get", "rechecks/{review.public_id}/"), _page("get", "claims/recheck/{review.pk}/change/")),
    "recheck.request": (
        _api("post", "links/{link.public_id}/citations/", {"note": "It was taken back."}),
        _page("post", "claims/recheck/citations/link/{link.pk}/", {"note": "It was taken back."}),
    ),
    "recheck.decide": (
        _api("post", "rechecks/{review.public_id}/decision/", {"decision": "unaffected", "reason": "Another table."}),
        _page("post", "claims/recheck/{review.pk}/keep/", {"reason": "Another table."}),
    ),
}  # fmt: skip


def _entry_points(action: str) -> tuple[EntryPoint, ...]:
    name = action.removeprefix("claim.")
    if action in ENTRY_POINTS or name not in Action.values:
        return ENTRY_POINTS[action]
    fields = {"note": "Why not.", "version": "VERSION"}
    return (
        _api("post", "claims/{claim.public_id}/transitions/", {"action": name, **fields}),
        _page("post", f"claims/claim/{{claim.pk}}/move/{name}/", fields),
    )


def test_each_rule_has_an_entry_point_to_try() -> None:
    assert [
        action
        for action in RULES
        if action.removeprefix("claim.") not in Action.values and action not in ENTRY_POINTS
    ] == []
    assert {action for action, _, _ in _allowed()} == set(RULES)


# Open to some of those who are refused elsewhere, for another reason: what they may is
# a part of the page.
ALSO_OPEN = {
    ("query.view", "legal", "counsel"),
    ("query.view", "legal", "opener"),
}  # queries of what is shared with them


@pytest.mark.django_db
@pytest.mark.parametrize("relation", RELATIONS)
def test_every_forbidden_entry_point_refuses_and_the_others_do_not(relation: str) -> None:
    stage, allowed = _stage(relation), _allowed()
    wrong: list[str] = []
    opened: set[str] = set()
    for role in Role.values:
        cache.clear()
        person = stage.put_in(role)
        api, page = Api(person).client, Client()
        page.force_login(person)
        before = _all_that_may_change(
            stage
        )  # with the entry of the token; from here on nothing may stay
        for action in RULES:
            if relation != "none" and not _depends_on_relations(action, allowed):
                # as reviewed, it is all the same who stands how to it: tried once,
                # without a relation
                continue
            # who is asked sent the article in, too
            may_do = allowed[action, role, relation] or (
                relation == "asked" and allowed[action, role, "submitter"]
            )
            known = relation != "none" and may_do == allowed[action, role, "none"]
            for number, entry_point in enumerate(_entry_points(action)):
                if number and (known or (may_do and action in opened)):
                    # All entry points where the relation changes the answer, and
                    # without one; else the first alone.
                    continue
                status = _status_of(entry_point, api, page, stage)
                where = f"{action} by a {role} ({relation}), entry point {number}: {status}"
                opened |= {action} if may_do else set()
                if may_do and status == 403:
                    wrong.append(f"{where}, though they may")
                if not may_do and (action, role, relation) not in ALSO_OPEN:
                    wrong += [where] if status not in REFUSED else []
                    wrong += (
                        [f"{where}, and something changed"]
                        if _all_that_may_change(stage) != before
                        else []
                    )
    assert not wrong, "\n".join(wrong)


def _depends_on_relations(action: str, allowed: dict[tuple[str, str, str], bool]) -> bool:
    return any(
        allowed[action, role, relation] != allowed[action, role, "none"]
        for role in Role.values
        for relation in RELATIONS
    )


def _status_of(entry_point: EntryPoint, api: Client, page: Client, stage: Stage) -> int:
    """What came of it; afterwards it is as if nobody had knocked, wherever it was let
    in.
    """
    with transaction.atomic():
        status = int(entry_point(api, page, stage).status_code)
        if status not in REFUSED:
            transaction.set_rollback(True)
    return status


def _all_that_may_change(stage: Stage) -> list[object]:
    claim = Claim.objects.filter(pk=stage.claim.pk).values().get()
    return [
        claim,
        list(stage.claim.verdicts.values()),
        stage.claim.moves,
        AuditEntry.objects.count(),
        Claim.objects.count(),
        Article.objects.count(),
    ]
