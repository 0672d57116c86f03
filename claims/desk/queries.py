"""Queries: questions among colleagues about a claim, a passage or an
item of evidence.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from claims.choices import Commented
from claims.desk import comments
from claims.desk.notifications import events
from claims.models import Claim, Evidence, Query, QueryMessage
from claims.rules import source_protection
from claims.rules.content import current_content_hash, working_verdict
from claims.workflow import ContentChangedError, WorkflowError
from claims.workflow.editable import check_not_merged, check_version
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom import second_factor
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import assignable, may, people_who

_MENTION = re.compile(r"(?<![\w@.+/-])@([\w.+-]*\w)")


@dataclass(frozen=True, slots=True)
class Question:
    """About `passage` of the claim or verdict, about `evidence`, or
    about the claim as a whole.

    `sign_off` asks legal to sign off the content before approval; such
    a query is privileged. One with a `part` is a comment on words of
    that text of the version in work; `occurrence` says which, where
    they stand there more than once.
    """

    text: str
    passage: str = ""
    evidence: Evidence | None = None
    blocking: bool = False
    privileged: bool = False
    sign_off: bool = False
    part: str = ""
    occurrence: int | None = None

    @property
    def restricted(self) -> bool:
        return self.privileged or self.sign_off


def open_query(claim: Claim, *, by: User, question: Question) -> Query:
    """Open a query; the same one again, while it is open, returns the
    first.

    A privileged query shares the claim with legal from now on.
    """
    with transaction.atomic():
        locked = (
            Claim.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=claim.pk)
        )
        _check_may_open(locked, by, question)
        check_not_merged(locked, by)
        values: dict[str, Any] = {
            "claim": locked,
            "evidence": _item(locked, question.evidence, by) if question.evidence else None,
            **_about(locked, question),
            "blocking": question.blocking,
            "privileged": question.restricted,
            "sign_off": question.sign_off,
            "opened_by": by,
        }
        text = question.text.strip()
        existing = Query.objects.filter(
            **values, resolved_at=None, messages__number=1, messages__text=text
        ).first()
        if existing:
            return existing
        query = Query.objects.create(**values, opened_at=clock.now())
        # Before the message: it may mention somebody of legal, who can read the query
        # only once the claim is shared with them.
        if query.privileged and not locked.shared_with_legal:
            locked.shared_with_legal = True
            locked.save(update_fields=["shared_with_legal"])
        _add_message(query, by, text)
        item = query.evidence
        changes = {
            "about": query.passage or (f"evidence {item.number}" if item else ""),
            "blocking": query.blocking,
            "text": text,
        }
        _record("open", query, by, changes)
    return query


def _check_may_open(claim: Claim, by: User, question: Question) -> None:
    permission = "comment.write" if question.part else "query.write"
    _allow(claim, by, "query.privileged" if question.restricted else permission)
    if question.part and (question.restricted or question.blocking or question.evidence):
        raise ValidationError(
            {"part": _("A comment is on words of a text. It is neither blocking nor privileged.")}
        )
    if not question.sign_off:
        return
    _allow(claim, by, "query.ask_sign_off")
    # A sign-off blocks approval, and nobody on this desk could ever give it.
    if not people_who("query.sign_off", claim.desk_id).exists():
        raise ValidationError(
            {
                "sign_off": _("%(desk)s has no legal adviser. Ask an admin to assign the role.")
                % {"desk": claim.desk}
            }
        )


def post(query: Query, *, by: User, text: str) -> QueryMessage:
    """Post a message; one's own last message is not repeated.

    Queries of a merged duplicate stay open to messages, as they block
    the claim it was merged into.
    """
    with transaction.atomic():
        row = _lock(query, by)
        _allow(row, by, "query.privileged" if row.privileged else "query.write")
        if row.resolved_at:
            raise WorkflowError(_("This query is resolved. Open a new one."))
        # A double click, or a form sent again after a timeout.
        last = row.messages.order_by("-number").first()
        if last and last.by_id == by.pk and last.text == text.strip():
            return last
        message = _add_message(row, by, text.strip())
        _record("message", row, by, {"text": message.text})
    return message


def resolve(
    query: Query,
    *,
    by: User,
    expected_version: int | None = None,
    expected_content_hash: str | None = None,
) -> Query:
    """Resolve a query, so that it no longer blocks; resolving it again
    changes nothing.

    Legal resolves a sign-off for the content they have read, given by
    `expected_version` of the claim or `expected_content_hash`. Raises
    StaleError where the content has changed since.
    """
    with transaction.atomic():
        row = _lock(query, by)
        _allow(row, by, permission_to_resolve(row))
        if row.resolved_at is None:
            if row.sign_off:
                second_factor.require(by, "query.sign_off")
            row.signed_hash = (
                _signable_hash(row.claim, expected_version, expected_content_hash)
                if row.sign_off
                else ""
            )
            row.resolved_by, row.resolved_at = by, clock.now()
            row.save(update_fields=["resolved_by", "resolved_at", "signed_hash"])
            _record("resolve", row, by, {"resolved": True})
    return row


def permission_to_resolve(query: Query) -> str:
    """A sign-off is for legal alone, whoever opened the query."""
    if query.sign_off:
        return "query.sign_off"
    return "comment.resolve" if query.is_comment else "query.resolve"


def _signable_hash(
    claim: Claim, expected_version: int | None, expected_content_hash: str | None
) -> str:
    if not (content_hash := current_content_hash(claim, working_verdict(claim))):
        raise WorkflowError(
            _("This claim has no verdict to sign off yet. Sign off once it is written.")
        )
    # Legal signs off what they have read, and the content may have changed while they
    # read it.
    check_version(claim, expected_version)
    if expected_content_hash is not None and expected_content_hash != content_hash:
        raise ContentChangedError
    return content_hash


def _lock(query: Query, by: User) -> Query:
    """Lock the claim first, as every action does, so that no query is
    resolved or answered between a publication's check for blocking
    queries and its commit.
    """
    Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=query.claim_id)
    return Query.objects.visible_to(by).select_for_update(of=("self",)).get(pk=query.pk)


def _allow(subject: Claim | Query, by: User, action: str) -> None:
    if not may(by, action, subject):
        messages = {
            "query.privileged": _("Only editors and legal can see and write privileged queries."),
            "query.write": _(
                "Only checkers and editors can write queries; legal and the reporter of the"
                " article can where they were asked."
            ),
            "query.ask_sign_off": _("Only an editor can ask legal to sign off."),
            "query.sign_off": _("Only legal can sign off."),
            "query.resolve": _("Only the person who opened the query or an editor can resolve it."),
            "comment.write": _("Only checkers and editors can comment on a verdict."),
            "comment.resolve": _(
                "Only who wrote the comment, the author or assignee and editors can resolve it."
            ),
        }
        raise PermissionDenied(messages[action])


def _item(claim: Claim, evidence: Evidence, by: User) -> Evidence:
    item = Evidence.objects.visible_to(by).filter(claim=claim, pk=evidence.pk).first()
    if item is None:
        raise ValidationError(
            {
                "evidence": _(
                    "This evidence does not belong to the claim. Choose evidence of this claim."
                )
            }
        )
    return item


def _about(claim: Claim, question: Question) -> dict[str, Any]:
    """The passage; of a comment its place, too."""
    words = question.passage.strip()
    if not question.part:
        return {"passage": _passage(claim, words)}
    verdict = working_verdict(claim)
    if verdict is None:
        raise WorkflowError(_("There is no verdict in work to comment on. Open a query instead."))
    text = comments.text_of(claim, verdict, question.part)
    start, end = _place(comments.places(words, text), question)
    return {
        "verdict": verdict,
        "part": question.part,
        "start": start,
        "passage": text[start:end],
    }


def _place(found: list[tuple[int, int]], question: Question) -> tuple[int, int]:
    nth = question.occurrence
    if len(found) == 1:
        return found[0]
    if nth is not None and nth < len(found):
        return found[nth]
    message = (
        _("These words stand in %(text)s more than once. Quote more of the sentence.")
        if found
        else _("These words are not in %(text)s. Copy them from there.")
    )
    text = dict(Commented.choices)[question.part]
    raise ValidationError({"passage": message % {"text": text}})


def _passage(claim: Claim, passage: str) -> str:
    # Without a verdict in work the last one counts: queries are asked about published
    # text, too.
    verdict = working_verdict(claim) or claim.verdicts.order_by("-number").first()
    words = [claim.text, *([verdict.short_answer, verdict.explanation] if verdict else [])]
    if passage and not any(passage in text for text in words):
        raise ValidationError(
            {"passage": _("The passage is not in the claim or its verdict. Copy it from there.")}
        )
    return passage


def _add_message(query: Query, by: User, text: str) -> QueryMessage:
    source_protection.refuse_exposed_names_in(query.claim, {"text": text})
    # Somebody without access would never see that they were asked, so a mention of them
    # is refused.
    names, allowed = set(_MENTION.findall(text)), readers(query)
    people = list(allowed.filter(username__in=names))
    if unknown := sorted(names - {person.username for person in people}):
        raise ValidationError(
            {
                "text": _("No one with access to this query is called @%(unknown)s.")
                % {"unknown": ", @".join(unknown)}
            }
        )
    # The lock on the claim keeps two messages from taking the same number.
    last = query.messages.aggregate(last=Max("number"))["last"] or 0
    message = QueryMessage(query=query, number=last + 1, by=by, at=clock.now(), text=text)
    clean_values(message)
    message.save(force_insert=True)
    message.mentioned.set(people)
    events.message(message, mentioned=people, readers=allowed)
    return message


def readers(query: Query) -> QuerySet[User]:
    """The people who may read the query, and so can be mentioned in it."""
    if query.privileged:
        return _people_with("query.privileged", query)
    staff = _people_with("query.view", query) | _reporter(query.claim)
    # distinct(): somebody with two roles on the desk would be offered twice.
    return (
        (staff | _people_with("query.privileged", query)).distinct()
        if query.claim.shared_with_legal
        else staff
    )


def _reporter(claim: Claim) -> QuerySet[User]:
    """The reporter who submitted the claim's article, where they still
    are one on the desk.
    """
    article = claim.suggestion.article if claim.suggestion else None
    is_reporter = article is not None and "submitter" in claim.relations_to(article.submitted_by)
    return (
        User.objects.filter(pk=article.submitted_by_id, is_active=True)
        if article and is_reporter
        else User.objects.none()
    )


def _people_with(action: str, query: Query) -> QuerySet[User]:
    """People with this permission, including members with assigned work
    only where it is theirs.
    """
    # The role is in SQL, the assignment is a rule in Python; these members are few.
    assigned = [
        person.pk
        for person in assignable(action, query.desk_id).filter(memberships__assigned_only=True)
        if may(person, action, query)
    ]
    return people_who(action, query.desk_id) | assignable(action, query.desk_id).filter(
        pk__in=assigned
    )


def _record(event: str, query: Query, by: User, changes: dict[str, object]) -> None:
    """Audit a change. Of a privileged query only that it changed:
    auditors read the audit log.
    """
    if query.privileged:
        log_change("query.privileged", query, by=by)
    else:
        logged = {name: ["", value] for name, value in changes.items() if value != ""}
        log_change(
            f"query.{event}",
            query.claim,
            by=by,
            changes={"query": ["", str(query.public_id)], **logged},
        )
