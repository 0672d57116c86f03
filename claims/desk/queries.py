"""Queries: what colleagues ask each other about a claim, a passage or an item of evidence."""

import re
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet

from claims.models import Claim, Evidence, Query, QueryMessage
from claims.rules import source_protection
from claims.rules.content import current_content_hash, working_verdict
from claims.workflow import ContentChangedError, StaleError, WorkflowError
from claims.workflow.editable import check_not_merged
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import assignable, may, people_who

_MENTION = re.compile(r"(?<![\w@.+/-])@([\w.+-]*\w)")


@dataclass(frozen=True, slots=True)
class Question:
    """About a passage of the claim or the verdict, or an item of evidence, or the
    claim as a whole.
    """

    text: str
    passage: str = ""
    evidence: Evidence | None = None
    blocking: bool = False
    privileged: bool = False
    sign_off: bool = (
        False  # legal's, of the content, before it is approved; such a query is privileged
    )


def open_query(claim: Claim, *, by: User, question: Question) -> Query:
    """Open a query; the same one again, while it is open, returns the first. A privileged one
    shares the claim with legal.
    """
    with transaction.atomic():
        locked = (
            Claim.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=claim.pk)
        )
        privileged = question.privileged or question.sign_off
        _allow(locked, by, "query.privileged" if privileged else "query.write")
        if question.sign_off:
            _allow(locked, by, "query.ask_sign_off")
            if not people_who("query.sign_off", locked.desk_id).exists():
                raise ValidationError(
                    {
                        "sign_off": (
                            f"Nobody on {locked.desk} is legal. Have an admin give somebody the"
                            " role first."
                        )
                    }
                )
        check_not_merged(locked, by)
        item = _item(locked, question.evidence, by) if question.evidence else None
        passage, text = _passage(locked, question.passage.strip()), question.text.strip()
        same = Query.objects.filter(
            claim=locked,
            opened_by=by,
            evidence=item,
            passage=passage,
            privileged=privileged,
            sign_off=question.sign_off,
            resolved_at=None,
        )
        again = same.filter(
            blocking=question.blocking, messages__number=1, messages__text=text
        ).first()
        if again:
            return again
        query = Query.objects.create(
            claim=locked,
            evidence=item,
            passage=passage,
            blocking=question.blocking,
            privileged=privileged,
            sign_off=question.sign_off,
            opened_by=by,
            opened_at=clock.now(),
        )
        if privileged and not locked.shared_with_legal:
            locked.shared_with_legal = True
            locked.save(update_fields=["shared_with_legal"])
        _say(query, by, text)
        _record(
            "open",
            query,
            by,
            {
                "about": passage or (f"evidence {item.number}" if item else ""),
                "blocking": query.blocking,
                "text": text,
            },
        )
    return query


def post(query: Query, *, by: User, text: str) -> QueryMessage:
    """Answer; the words one has just said are not said twice. Also on a duplicate: its queries
    block the claim it was folded into.
    """
    with transaction.atomic():
        row = _lock(query, by)
        _allow(row, by, "query.privileged" if row.privileged else "query.write")
        if row.resolved_at:
            raise WorkflowError("This query is resolved. Open a new one.")
        last = row.messages.order_by("-number").first()
        if last and last.by_id == by.pk and last.text == text.strip():
            return last
        message = _say(row, by, text.strip())
        _record("message", row, by, {"text": message.text})
    return message


def resolve(
    query: Query,
    *,
    by: User,
    expected_version: int | None = None,
    expected_content_hash: str | None = None,
) -> Query:
    """Close a query, by who opened it or an editor: from here on it blocks nothing.

    Legal closes a sign-off, on the content they were shown: of the claim in `expected_version`, or
    with `expected_content_hash`. Where it is another by now, StaleError.
    """
    with transaction.atomic():
        row = _lock(query, by)
        _allow(row, by, "query.sign_off" if row.sign_off else "query.resolve")
        if row.resolved_at is None:
            row.signed_hash = (
                _content(row.claim, expected_version, expected_content_hash) if row.sign_off else ""
            )
            row.resolved_by, row.resolved_at = by, clock.now()
            row.save(update_fields=["resolved_by", "resolved_at", "signed_hash"])
            _record("resolve", row, by, {"resolved": True})
    return row


def _content(claim: Claim, expected_version: int | None, expected_content_hash: str | None) -> str:
    if not (found := current_content_hash(claim, working_verdict(claim))):
        raise WorkflowError(
            "There is no verdict in work that could be signed off. Sign it off once it is written."
        )
    if expected_version is not None and expected_version != claim.version:
        raise StaleError("This claim", expected=expected_version, found=claim.version)
    if expected_content_hash is not None and expected_content_hash != found:
        raise ContentChangedError
    return found


def _lock(query: Query, by: User) -> Query:
    """The claim first, as every move does: a query is not resolved while a publication
    looks at it.
    """
    Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=query.claim_id)
    return Query.objects.visible_to(by).select_for_update(of=("self",)).get(pk=query.pk)


def _allow(subject: Claim | Query, by: User, action: str) -> None:
    if not may(by, action, subject):
        wanted = {
            "query.privileged": "Privileged queries are between editors and legal.",
            "query.write": (
                "Checkers and editors ask and answer queries; legal, and the reporter of the"
                " article, where they were asked."
            ),
            "query.ask_sign_off": "An editor asks legal to sign off.",
            "query.sign_off": "Legal signs off, and nobody in their place.",
            "query.resolve": "Who opened the query resolves it, or an editor.",
        }
        raise PermissionDenied(wanted[action])


def _item(claim: Claim, evidence: Evidence, by: User) -> Evidence:
    item = Evidence.objects.visible_to(by).filter(claim=claim, pk=evidence.pk).first()
    if item is None:
        raise ValidationError({"evidence": "This claim has no such item of evidence."})
    return item


def _passage(claim: Claim, passage: str) -> str:
    verdict = working_verdict(claim) or claim.verdicts.order_by("-number").first()
    words = [claim.text, *([verdict.short_answer, verdict.explanation] if verdict else [])]
    if passage and not any(passage in text for text in words):
        raise ValidationError(
            {
                "passage": (
                    "These words stand neither in the claim nor in its verdict. Copy them from"
                    " there."
                )
            }
        )
    return passage


def _say(query: Query, by: User, text: str) -> QueryMessage:
    source_protection.refuse_exposed_names_in(query.claim, {"text": text})
    names = set(_MENTION.findall(text))
    people = list(readers(query).filter(username__in=names))
    if unknown := sorted(names - {person.username for person in people}):
        raise ValidationError(
            {"text": f"Nobody who reads this query is called @{', @'.join(unknown)}."}
        )
    last = query.messages.aggregate(last=Max("number"))["last"] or 0
    message = QueryMessage(query=query, number=last + 1, by=by, at=clock.now(), text=text)
    clean_values(message)
    message.save(force_insert=True)
    message.mentioned.set(people)
    return message


def readers(query: Query) -> QuerySet[User]:
    """Who can be mentioned: whoever may read the query."""
    if query.privileged:
        return _reached("query.privileged", query)
    staff = _reached("query.view", query) | _reporter(query.claim)
    return (
        (staff | _reached("query.privileged", query)).distinct()
        if query.claim.shared_with_legal
        else staff
    )


def _reporter(claim: Claim) -> QuerySet[User]:
    """Who sent in the article that the claim is from: to be asked, they are mentioned."""
    article = claim.suggestion.article if claim.suggestion else None
    known = article is not None and "reader_tip" in claim.relations_to(article.submitted_by)
    return (
        User.objects.filter(pk=article.submitted_by_id, is_active=True)
        if article and known
        else User.objects.none()
    )


def _reached(action: str, query: Query) -> QuerySet[User]:
    """With those whose role counts for assigned work alone, where this is such."""
    own = [
        one.pk
        for one in assignable(action, query.desk_id).filter(memberships__assigned_only=True)
        if may(one, action, query)
    ]
    return people_who(action, query.desk_id) | assignable(action, query.desk_id).filter(pk__in=own)


def _record(what: str, query: Query, by: User, changes: dict[str, object]) -> None:
    """Of a privileged query the chain says that it changed, and not a word of what it says."""
    if query.privileged:
        log_change("query.privileged", query, by=by)
    else:
        told = {name: ["", value] for name, value in changes.items() if value != ""}
        log_change(
            f"thread.{what}",
            query.claim,
            by=by,
            changes={"query": ["", str(query.public_id)], **told},
        )
