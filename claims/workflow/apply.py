"""Lock, check, act, write: one claim, one action, one transaction.

Locks are taken in one order everywhere: claims by key, links by key,
evidence by key, and the audit head last, since every writer of the site
waits for it.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import TAKEN_BACK, Action, Status
from claims.models import Claim, SignedContent, Transition, Verdict
from claims.rules import content, gates, source_protection
from claims.signals import claim_moved
from claims.workflow import aftermath, schedule
from claims.workflow.conditions import is_untouched, met_conditions
from claims.workflow.effects import EFFECTS, target_of
from claims.workflow.errors import (
    ContentChangedError,
    GateError,
    WorkflowError,
    check_current,
)
from claims.workflow.move import Move, MoveData, missing_data
from claims.workflow.step import ExpectedVersion, Step
from claims.workflow.table import SIGNATURES, SIGNING, TRANSITIONS
from factcheck.ledger import change_context, clock
from factcheck.ledger.audit_log import entries_at_the_end, log_change
from factcheck.newsroom import second_factor
from factcheck.newsroom.languages import of_rows
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may, who_may
from sources.models import Link

# What a person enters when they accept a suggestion.
ENTERED = [
    "text",
    "wording",
    "claimant",
    "stated_date",
    "appearance_url",
    "language",
    "due_at",
    "topic",
]
PUBLISHING = frozenset({Action.PUBLISH, Action.APPROVE_AND_PUBLISH})
# A table with triggers: PostgreSQL takes the stronger FOR UPDATE lock if the UPDATE
# names a key column, even with the same value. A recheck of another claim that refers
# to the verdict would then wait for this transaction while it holds the audit head.
_NON_KEY_FIELDS = [
    field.name
    for field in Verdict._meta.concrete_fields
    if field.name not in {"id", "public_id", "claim", "number"}
]


def apply(
    claim: Claim,
    action: Action,
    *,
    by: User,
    data: MoveData | None = None,
    expected_version: int | None = None,
    expected_content_hash: str = "",
) -> Transition:
    """Take one action, or raise, in this order: Claim.DoesNotExist
    (404), PermissionDenied (403), WorkflowError (409), StaleError
    (412), GateError (422). Repeating one's own last action returns its
    Transition.

    `expected_version` is the version of the claim that the person saw,
    `expected_content_hash` the hash of the content they were shown
    before they sign it.
    """
    data, expected = data or MoveData(), ExpectedVersion(expected_version, expected_content_hash)
    with transaction.atomic(), entries_at_the_end():
        locked = _lock(claim, by, data)
        transition = _already_done(locked, action, by, data)
        if transition is None:
            if action in PUBLISHING | aftermath.RETURNING_ACTIONS:
                _lock_links(locked)
            perform = _approve_and_publish if action == Action.APPROVE_AND_PUBLISH else _perform
            transition = perform(locked, action, by, data, expected)
    # The caller's instance still has the old status and version.
    claim.refresh_from_db()
    return transition


def take_back(claim: Claim, *, by: User) -> Transition:
    """Close a claim that was accepted by mistake, while nothing has
    happened to it. For intake, which has locked the suggestion and
    checked that this person decides suggestions.
    """
    locked = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    if not is_untouched(locked):
        raise WorkflowError(
            _("Something has happened to the claim since. Decline or merge it instead.")
        )
    step = _step(locked, by, MoveData(reason=TAKEN_BACK))
    return _write_transition(step, Action.DECLINE, Status.OPEN, Status.DECLINED)


def accept_again(claim: Claim, *, by: User) -> Transition:
    """Open a claim whose acceptance was taken back, with the values
    that are set on it; for intake, as above.
    """
    locked = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    claim.moves, claim.version, claim.status = locked.moves, locked.version, locked.status
    claim.save(update_fields=ENTERED)
    with of_rows():
        step = _step(claim, by, MoveData(note=_("Accepted again.")))
    step.also["text"] = ["", claim.text]
    return _write_transition(step, Action.REOPEN, Status.DECLINED, Status.OPEN)


def _lock(claim: Claim, by: User, data: MoveData) -> Claim:
    # A merge locks both claims, by key: two opposite merges at once would otherwise
    # deadlock, or both succeed and form a circle.
    pks = {claim.pk, data.into.pk} if data.into else {claim.pk}
    rows = (
        Claim.objects.visible_to(by)
        .filter(pk__in=pks)
        .select_related("desk")
        .order_by("pk")
        # no_key: inserting a row that refers to the claim takes a key-share lock on it,
        # which a plain FOR UPDATE would block. `of` keeps the desk unlocked.
        .select_for_update(of=("self",), no_key=True)
    )
    rows_by_pk = {row.pk: row for row in rows}
    if claim.pk not in rows_by_pk:
        raise Claim.DoesNotExist
    return rows_by_pk[claim.pk]


def _already_done(
    claim: Claim,
    action: Action,
    by: User,
    data: MoveData,
) -> Transition | None:
    """The last transition, if it was this very action: a double click
    or a repeated message does no harm.
    """
    # Approving and publishing in one step leaves two transitions; the last one tells.
    stored = Action.PUBLISH if action == Action.APPROVE_AND_PUBLISH else action
    last = claim.transitions.order_by("-number").first()
    same = last and last.action == stored and last.by_id == by.pk and last.data == data.to_json()
    if not last or not same or last.to_status != claim.status:
        return None
    # Signing after an edit is a new signature and no repetition; so is scheduling again
    # after the planned publication failed.
    is_new = (action in SIGNING and not _still_signed(claim)) or (
        action == Action.SCHEDULE and not schedule.is_waiting(claim)
    )
    return None if is_new else last


def _still_signed(claim: Claim) -> bool:
    verdict = content.working_verdict(claim)
    return verdict is not None and content.author_signature_valid(
        claim, verdict, content.active_evidence(claim)
    )


def _approve_and_publish(
    claim: Claim, _action: Action, by: User, data: MoveData, expected: ExpectedVersion
) -> Transition:
    try:
        _perform(claim, Action.APPROVE, by, data, expected)
    except GateError as error:
        # Everything at once: the embargo would otherwise show up only after the rest is
        # fixed.
        raise GateError([*error.missing, *gates.under_embargo(claim, clock.now())]) from None
    # The approval has just raised the version, so the second action expects none.
    return _perform(claim, Action.PUBLISH, by, data, ExpectedVersion())


def _perform(
    claim: Claim, action: Action, by: User, data: MoveData, expected: ExpectedVersion
) -> Transition:
    move = TRANSITIONS[action]
    _check(claim, move, by, data, expected)
    step = _step(claim, by, data)
    # What can change without a version of the claim (a capture, a byline) is in the
    # hash alone.
    if expected.content_hash and expected.content_hash != content.current_content_hash(
        claim, step.verdict, step.evidence
    ):
        raise ContentChangedError
    before, target = Status(claim.status), target_of(claim, move.target, back=bool(move.back))
    schedule.end(step, action, target)
    if effect := EFFECTS.get(action):
        effect(step)
    return _write_transition(step, action, before, target)


def _check(
    claim: Claim,
    move: Move,
    by: User,
    data: MoveData,
    expected: ExpectedVersion,
) -> None:
    """Raise what refuses the action before its effect is tried: person,
    status, version, fields.
    """
    check_possible(claim, move.action, by)
    check_current(_("The claim"), expected=expected.version, current=claim.version)
    unmet = [
        *missing_data(move, data),
        # The note goes into the history, which more people read than may know a source.
        *source_protection.name_exposed_in(claim, "note", data.note),
    ]
    if unmet:
        raise GateError(unmet)


def check_possible(claim: Claim, action: Action, by: User) -> None:
    """Raise what refuses the action to this person in this status,
    whatever else comes with it. Pages ask it before they offer a form.
    """
    move = TRANSITIONS[action]
    if not may(by, f"claim.{action}", claim):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow “%(action)s”. Ask who may: %(who)s.")
            % {
                "desk": claim.desk,
                "action": action.label,
                "who": who_may(f"claim.{action}"),
            }
        )
    second_factor.require(by, f"claim.{action}")
    if claim.status not in move.sources:
        raise WorkflowError(
            _("“%(action)s” is not possible while the claim is %(status)s.")
            % {"action": action.label, "status": claim.get_status_display()}
        )
    if move.when not in met_conditions(claim):
        raise WorkflowError(
            _("“%(action)s” is only possible %(condition)s.")
            % {"action": action.label, "condition": move.when.label}
        )


def _lock_links(claim: Claim) -> None:
    # By key, and before the audit head: two publications may share links, and a worker
    # that stores a capture locks its link first and the audit head later.
    cited = claim.evidence.values("link")
    list(
        Link.objects.filter(pk__in=cited)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )


def _step(claim: Claim, by: User, data: MoveData) -> Step:
    # A worker that attaches a capture locks the evidence as well: it waits for this
    # transaction, and then sees whether the claim has been signed.
    list(claim.evidence.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    return Step(
        claim,
        content.working_verdict(claim),
        content.active_evidence(claim),
        by,
        clock.now(),
        data,
    )


def _write_transition(
    step: Step,
    action: Action,
    before: Status,
    target: Status,
) -> Transition:
    claim = step.claim
    # The Transition comes first: the guards of the database refuse a new state of a
    # claim or verdict unless a row for it exists.
    transition = Transition.objects.create(
        claim=claim,
        number=claim.moves + 1,
        action=action,
        from_status=before,
        to_status=target,
        by=step.by,
        at=step.at,
        note=step.data.note,
        data=step.data.to_json(),
        content_hash=step.content_hash,
        entry_point=change_context.current().name,
    )
    if step.changed and action in SIGNATURES:
        SignedContent.keep(transition, step.changed.content)
    if step.changed:
        step.changed.save(update_fields=_NON_KEY_FIELDS)
    if step.planned:
        step.planned.save()
    claim.status, claim.moves, claim.version = target, claim.moves + 1, claim.version + 1
    claim.save(
        update_fields=[
            "status",
            "moves",
            "version",
            "assignee",
            "due_at",
            "held_from",
            "slug",
            "merged_into",
            "merged_from",
        ]
    )
    changes = {
        "status": [before, target],
        **{name: ["", value] for name, value in step.data.to_json().items()},
        **step.also,
    }
    if step.content_hash:
        changes["content_hash"] = ["", step.content_hash]
    claim_moved.send(Claim, transition=transition)
    # Rechecks read under the lock of the head, which is held until the commit: so they
    # come after everything that may wait for another lock, or takes long.
    log_change(f"claim.{action}", claim, by=step.by, changes=changes)
    aftermath.settle_rechecks(step, action)
    return transition
