"""Lock, see, ask, move, write down: one claim, one move, one transaction."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from claims.choices import Action, Status
from claims.models import Claim, Transition, Verdict
from claims.rules import content, gates, source_protection
from claims.workflow import aftermath, schedule
from claims.workflow.conditions import met
from claims.workflow.effects import EFFECTS, target_of
from claims.workflow.errors import ContentChangedError, GateError, StaleError, WorkflowError
from claims.workflow.move import MoveData, missing_data
from claims.workflow.step import Seen, Step
from claims.workflow.table import SIGNING, TRANSITIONS
from factcheck.ledger import change_context, clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.models import Link

PUBLISHING = frozenset({Action.PUBLISH, Action.APPROVE_AND_PUBLISH})
# Where a table has triggers, PostgreSQL locks a row whose key is merely named as if the key
# changed: a review of another claim's move that points at the verdict would wait for it, and hold
# the audit head meanwhile.
BESIDE_ITS_KEY = [
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
    """Make one move, or raise, in this order: Claim.DoesNotExist (404), PermissionDenied (403),
    WorkflowError (409), StaleError (412), GateError (422). Doing again what one just did returns
    the first Transition.

    `expected_version` is the version of the claim that the person saw; `expected_content_hash` that
    of the content they would sign.
    """
    told, seen = data or MoveData(), Seen(expected_version, expected_content_hash)
    with transaction.atomic():
        locked = _lock(claim, by, told)
        done = _already_done(locked, action, by, told)
        if done is None and action in PUBLISHING | aftermath.BACK:
            _hold_links(locked)
        if done is None:
            both = action == Action.APPROVE_AND_PUBLISH
            done = _both(locked, by, told, seen) if both else _move(locked, action, by, told, seen)
    claim.refresh_from_db()
    return done


def _lock(claim: Claim, by: User, data: MoveData) -> Claim:
    """Where a move is about two claims, both, and in one order: two opposite merges neither wait
    for each other nor both happen.
    """
    wanted = {claim.pk, data.into.pk} if data.into else {claim.pk}
    rows = (
        Claim.objects.visible_to(by)
        .filter(pk__in=wanted)
        .select_related("desk")
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    found = {row.pk: row for row in rows}
    if claim.pk not in found:
        raise Claim.DoesNotExist
    return found[claim.pk]


def _already_done(claim: Claim, action: Action, by: User, data: MoveData) -> Transition | None:
    """The last move, if it was this one: a double click or a repeated message does no harm."""
    sought = Action.PUBLISH if action == Action.APPROVE_AND_PUBLISH else action
    last = claim.transitions.order_by("-number").first()
    same = last and last.action == sought and last.by_id == by.pk and last.data == data.to_json()
    if not last or not same or last.to_status != claim.status:
        return None
    # Signed again after an edit is another signature, and no repetition of the first one; so is a
    # schedule after it failed.
    again = (action in SIGNING and not _still_signed(claim)) or (
        action == Action.SCHEDULE and not schedule.waits(claim)
    )
    return None if again else last


def _still_signed(claim: Claim) -> bool:
    verdict = content.working_verdict(claim)
    return verdict is not None and content.author_signature_valid(
        claim, verdict, content.active_evidence(claim)
    )


def _both(claim: Claim, by: User, data: MoveData, seen: Seen) -> Transition:
    try:
        _move(claim, Action.APPROVE, by, data, seen)
    except GateError as error:
        raise GateError([*error.missing, *gates.under_embargo(claim, clock.now())]) from None
    return _move(claim, Action.PUBLISH, by, data, Seen())


def _move(claim: Claim, action: Action, by: User, data: MoveData, seen: Seen) -> Transition:
    if not may(by, f"claim.{action}", claim):
        raise PermissionDenied(
            f"Your role on {claim.desk} does not allow you to {action.label.lower()} this claim."
        )
    move = TRANSITIONS[action]
    if claim.status not in move.sources:
        raise WorkflowError(
            f"This claim is {claim.get_status_display()}; “{action.label}” is not possible from"
            " there."
        )
    if move.when not in met(claim):
        raise WorkflowError(f"“{action.label}” is only possible {move.when}.")
    if seen.version is not None and seen.version != claim.version:
        raise StaleError("This claim", expected=seen.version, found=claim.version)
    if gaps := [*missing_data(move, data), *source_protection.missing_in(claim, "note", data.note)]:
        raise GateError(gaps)
    step = _step(claim, by, data)
    if seen.content_hash and seen.content_hash != content.current_content_hash(
        claim, step.verdict, step.evidence
    ):
        raise ContentChangedError
    before, target = Status(claim.status), target_of(claim, move.target, back=bool(move.back))
    schedule.end(step, action, target)
    if effect := EFFECTS.get(action):
        effect(step)
    return _write_down(step, action, before, target)


def _hold_links(claim: Claim) -> None:
    """In one order, and before the audit head: two publications may share links, and a worker may
    hold one of them.
    """
    cited = claim.evidence.values("link")
    list(
        Link.objects.filter(pk__in=cited)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )


def _step(claim: Claim, by: User, data: MoveData) -> Step:
    # A capture that arrives now waits for this move, and then sees whether the claim was signed.
    list(claim.evidence.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    return Step(
        claim,
        content.working_verdict(claim),
        content.active_evidence(claim),
        by,
        clock.now(),
        data,
    )


def _write_down(step: Step, action: Action, before: Status, target: Status) -> Transition:
    """The Transition first: the triggers let no state of claim or verdict through that has no row
    to match.
    """
    claim = step.claim
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
    if step.changed:
        step.changed.save(update_fields=BESIDE_ITS_KEY)
    if step.planned:
        step.planned.save()
    claim.status, claim.moves, claim.version = target, claim.moves + 1, claim.version + 1
    claim.save(
        update_fields=[
            "status",
            "moves",
            "version",
            "assignee",
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
    log_change(f"claim.{action}", claim, by=step.by, changes=changes)
    aftermath.follow(step, action)
    return transition
