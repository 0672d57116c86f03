"""The transition table: the one list of the legal moves of a claim.

Pages, API and bulk actions read from it what they show and require. Who
may take an action is in `permissions.RULES`, what it does beside the
change of status in `effects`, its name and label in `choices.Action`.
"""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from claims.choices import Action, Status
from claims.workflow.move import Move, Weight, When
from factcheck.newsroom.choices import Scope

OPEN, IN_PROGRESS, IN_REVIEW, APPROVED, PUBLISHED = (
    Status.OPEN,
    Status.IN_PROGRESS,
    Status.IN_REVIEW,
    Status.APPROVED,
    Status.PUBLISHED,
)
WORKING = frozenset({OPEN, IN_PROGRESS, IN_REVIEW, APPROVED})
WRITE, SIGN, PUBLISH = (
    (Scope.VERDICTS_WRITE,),
    (Scope.VERDICTS_SIGN,),
    (Scope.VERDICTS_PUBLISH,),
)
_SIGNED_BELOW = _("You sign exactly the text and evidence below.")
_GOES_PUBLIC = (
    _("Everybody can read the verdict below at once, and it is added to the feeds."),
    _("Its URL is fixed from now on, and its sources are monitored."),
    _(
        "A published verdict is never edited. Mistakes are corrected or retracted in public, with a"
        " reason."
    ),
)
_CORRECTS_IN_PUBLIC = (
    _(
        "The corrected verdict replaces the published one at once, at the same URL, and is added to"
        " the feeds."
    ),
    _("Its page shows the notice below. The previous version stays readable."),
)

# In the order in which a page shows them: the first possible next step is the main
# button, and actions that cannot be undone come last.
_MOVES = (
    Move(
        Action.CORRECT,
        {PUBLISHED},
        IN_PROGRESS,
        needs=("category", "note", "meanwhile"),
        scopes=PUBLISH,
        needs_confirmation=True,
        consequences=(
            _(
                "A new version opens with the text below as its draft, and the claim is assigned to"
                " you."
            ),
            _(
                "If it is marked as under review or withheld, the verdict leaves the feeds and the"
                " data for search engines at once."
            ),
            _(
                "Two people sign the corrected version; its page then says what was wrong. The old"
                " version stays readable."
            ),
        ),
    ),
    Move(
        Action.CONFIRM_RETRACTION,
        {Status.RETRACTED},
        None,
        weight=Weight.NEXT,
        when=When.UNCONFIRMED,
        scopes=PUBLISH,
    ),
    Move(
        Action.CONFIRM_NIGHT_WORK,
        {APPROVED, PUBLISHED},
        None,
        weight=Weight.NEXT,
        when=When.NIGHT_WORK_UNCONFIRMED,
        scopes=SIGN,
        success_message=_("You have confirmed the night work."),
    ),
    Move(
        Action.APPROVE_AND_PUBLISH,
        {IN_REVIEW},
        PUBLISHED,
        weight=Weight.NEXT,
        scopes=(*SIGN, *PUBLISH),
        pins_content=True,
        needs_confirmation=True,
        consequences=(_SIGNED_BELOW, *_GOES_PUBLIC),
        when_correcting=(_SIGNED_BELOW, *_CORRECTS_IN_PUBLIC),
    ),
    Move(
        Action.PUBLISH,
        {APPROVED},
        PUBLISHED,
        weight=Weight.NEXT,
        scopes=PUBLISH,
        pins_content=True,
        needs_confirmation=True,
        consequences=_GOES_PUBLIC,
        when_correcting=_CORRECTS_IN_PUBLIC,
    ),
    Move(
        Action.SCHEDULE,
        {APPROVED},
        None,
        needs=("at",),
        scopes=PUBLISH,
        pins_content=True,
    ),
    Move(
        Action.CANCEL_SCHEDULE,
        {APPROVED},
        None,
        when=When.SCHEDULED,
        scopes=PUBLISH,
        success_message=_("The schedule was cancelled. Nothing will be published automatically."),
    ),
    Move(
        Action.SUBMIT,
        {IN_PROGRESS},
        IN_REVIEW,
        scopes=WRITE,
        weight=Weight.NEXT,
        pins_content=True,
    ),
    Move(Action.TAKE, {OPEN}, IN_PROGRESS, weight=Weight.NEXT),
    Move(Action.RESUME, {Status.ON_HOLD}, None, back=WORKING, weight=Weight.NEXT),
    Move(Action.REOPEN, {Status.DECLINED}, OPEN),
    Move(Action.UNMERGE, {Status.MERGED}, None, back=WORKING | {Status.ON_HOLD}),
    Move(
        Action.APPROVE,
        {IN_REVIEW},
        APPROVED,
        scopes=SIGN,
        weight=Weight.NEXT,
        pins_content=True,
    ),
    Move(Action.REQUEST_CHANGES, {IN_REVIEW}, IN_PROGRESS, needs=("note",)),
    Move(
        Action.ASSIGN,
        {OPEN},
        IN_PROGRESS,
        needs=("assignee", "due_at"),
        weight=Weight.NEXT,
        in_bulk=True,
    ),
    Move(
        Action.SIGN,
        {IN_REVIEW},
        None,
        scopes=WRITE,
        pins_content=True,
    ),
    Move(
        Action.RECALL,
        {IN_REVIEW, APPROVED},
        IN_PROGRESS,
        needs=("note",),
        weight=Weight.SELDOM,
    ),
    Move(
        Action.REASSIGN,
        {IN_PROGRESS, IN_REVIEW},
        None,
        needs=("assignee", "due_at", "note"),
        weight=Weight.SELDOM,
    ),
    Move(
        Action.RELEASE,
        {IN_PROGRESS, IN_REVIEW},
        OPEN,
        needs=("note",),
        weight=Weight.SELDOM,
    ),
    Move(
        Action.HOLD,
        WORKING,
        Status.ON_HOLD,
        needs=("note",),
        when=When.UNPUBLISHED,
        weight=Weight.SELDOM,
        in_bulk=True,
    ),
    Move(
        Action.MERGE,
        WORKING | {Status.ON_HOLD},
        Status.MERGED,
        needs=("into",),
        when=When.UNPUBLISHED,
        weight=Weight.SELDOM,
        needs_confirmation=True,
    ),
    Move(
        Action.DECLINE,
        WORKING | {Status.ON_HOLD},
        Status.DECLINED,
        needs=("reason",),
        when=When.UNPUBLISHED,
        weight=Weight.GRAVE,
        in_bulk=True,
    ),
    Move(
        Action.DROP_CORRECTION,
        WORKING,
        PUBLISHED,
        needs=("note",),
        when=When.PUBLISHED,
        scopes=PUBLISH,
        weight=Weight.GRAVE,
    ),
    Move(
        Action.RETRACT,
        WORKING | {PUBLISHED},
        Status.RETRACTED,
        needs=("note",),
        when=When.PUBLISHED,
        scopes=PUBLISH,
        weight=Weight.GRAVE,
        needs_confirmation=True,
        consequences=(
            _("The page of the verdict shows at once that it was retracted, with your reason."),
            _("It leaves the feeds and the data for search engines."),
            _("A retraction cannot be undone. A second editor confirms it afterwards."),
        ),
    ),
)
# A page shows so many at once; the rest is one press away.
MOST_PRIMARY = 3
SIGNING = frozenset({Action.SUBMIT, Action.SIGN})
# What the hash of their transitions is of: content that a person signed.
SIGNATURES = SIGNING | {Action.APPROVE}
MOVES: dict[Action, Move] = {move.action: move for move in _MOVES}
# Each leaves a Transition; approving and publishing in one step leaves one for each of
# the two.
TRANSITIONS: dict[Action, Move] = {
    action: MOVES[action] for action in Action if action != Action.APPROVE_AND_PUBLISH
}


def primary(actions: Collection[Action]) -> list[Action]:
    """Those that a page shows before “More”, of what somebody can do now."""
    daily = {Weight.NEXT, Weight.DAILY}
    shown = [one for one in MOVES if one in actions and MOVES[one].weight in daily]
    return shown[:MOST_PRIMARY]
