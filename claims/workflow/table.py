"""The transition table: every legal move of a claim stands here, and nowhere else.

Pages, API and bulk actions take from here what they show and ask. Who may make a move stands in
`permissions.RULES`, what it does beside the change of state in `effects`, the name and the label in
`choices.Action`.
"""

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
_GOES_PUBLIC = (
    "Everybody can read the verdict below at once, and it joins the feeds.",
    "Its address is fixed from now on, and its sources are watched.",
    (
        "What is published is never edited. A mistake is corrected or retracted in public, with"
        " a reason."
    ),
)

# In the order in which a page shows them: of those that are possible, the first one leads.
_MOVES = (
    Move(
        Action.CORRECT,
        {PUBLISHED},
        IN_PROGRESS,
        needs=("category", "note", "meanwhile"),
        scopes=PUBLISH,
        needs_confirmation=True,
        consequences=(
            "A new version opens, with the words below to start from; the claim is yours to work"
            " on.",
            "Marked or withheld, the verdict leaves the feeds and the data for search engines at"
            " once.",
            "Two people sign the corrected version; its page then says what was wrong. The old"
            " version stays readable.",
        ),
    ),
    Move(
        Action.CONFIRM_RETRACTION,
        {Status.RETRACTED},
        None,
        when=When.UNCONFIRMED,
        scopes=PUBLISH,
    ),
    Move(
        Action.CONFIRM_NIGHT_WORK,
        {APPROVED, PUBLISHED},
        None,
        when=When.NIGHT_WORK_UNCONFIRMED,
        scopes=SIGN,
        done="You have confirmed what was done by night.",
    ),
    Move(
        Action.APPROVE_AND_PUBLISH,
        {IN_REVIEW},
        PUBLISHED,
        scopes=(*SIGN, *PUBLISH),
        pins_content=True,
        needs_confirmation=True,
        consequences=("You sign exactly the words and evidence below.", *_GOES_PUBLIC),
    ),
    Move(
        Action.PUBLISH,
        {APPROVED},
        PUBLISHED,
        scopes=PUBLISH,
        pins_content=True,
        needs_confirmation=True,
        consequences=_GOES_PUBLIC,
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
        done="The schedule is taken back. Nothing is published by itself.",
    ),
    Move(Action.SUBMIT, {IN_PROGRESS}, IN_REVIEW, scopes=WRITE, pins_content=True),
    Move(Action.TAKE, {OPEN}, IN_PROGRESS),
    Move(Action.RESUME, {Status.ON_HOLD}, None, back=WORKING),
    Move(Action.REOPEN, {Status.DECLINED}, OPEN),
    Move(Action.UNMERGE, {Status.MERGED}, None, back=WORKING | {Status.ON_HOLD}),
    Move(Action.APPROVE, {IN_REVIEW}, APPROVED, scopes=SIGN, pins_content=True),
    Move(Action.REQUEST_CHANGES, {IN_REVIEW}, IN_PROGRESS, needs=("note",)),
    Move(Action.ASSIGN, {OPEN}, IN_PROGRESS, needs=("assignee",), in_bulk=True),
    Move(
        Action.SIGN,
        {IN_REVIEW},
        None,
        scopes=WRITE,
        weight=Weight.SELDOM,
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
        needs=("assignee", "note"),
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
            "The page of the verdict shows at once that it was retracted, with your reason.",
            "It leaves the feeds and the data for search engines.",
            "A retracted verdict does not come back. A second editor confirms it afterwards.",
        ),
    ),
)
SIGNING = frozenset({Action.SUBMIT, Action.SIGN})
MOVES: dict[Action, Move] = {move.action: move for move in _MOVES}
# Each leaves a row in the history; approving and publishing in one go is two of them.
TRANSITIONS: dict[Action, Move] = {
    action: MOVES[action] for action in Action if action != Action.APPROVE_AND_PUBLISH
}
