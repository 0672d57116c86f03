"""Of claims and suggestions: statuses, actions and reasons."""

from typing import Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    OPEN = "open", _("open")
    IN_PROGRESS = "in_progress", _("in progress")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    ON_HOLD = "on_hold", _("on hold")
    DECLINED = "declined", _("declined")
    RETRACTED = "retracted", _("retracted")
    MERGED = "merged", _("merged")


class Priority(IntegerChoices):
    """Which claim is worked on before which: numbers, because lists are
    sorted by them. The API, exports and addresses say the word.
    """

    URGENT = 1, _("Urgent")
    HIGH = 2, _("High")
    NORMAL = 3, _("Normal")
    LOW = 4, _("Low")

    @property
    def word(self) -> str:
        return self.name.lower()

    @classmethod
    def words(cls) -> list[tuple[str, Any]]:
        """As choices, the highest first."""
        return [(one.word, one.label) for one in cls]

    @classmethod
    def of(cls, word: str) -> "Priority":
        return cls[word.upper()]


class Action(TextChoices):
    ASSIGN = "assign", _("Assign")
    TAKE = "take", _("Take (assign to me)")
    REASSIGN = "reassign", _("Reassign")
    RELEASE = "release", _("Release")
    SUBMIT = "submit", _("Sign and submit")
    SIGN = "sign", _("Sign again")
    REQUEST_CHANGES = "request_changes", _("Request changes")
    APPROVE = "approve", _("Approve")
    PUBLISH = "publish", _("Publish")
    APPROVE_AND_PUBLISH = "approve_and_publish", _("Approve and publish")
    SCHEDULE = "schedule", _("Schedule")
    CANCEL_SCHEDULE = "cancel_schedule", _("Cancel schedule")
    CONFIRM_NIGHT_WORK = "confirm_night_work", _("Confirm night work")
    RECALL = "recall", _("Recall")
    DECLINE = "decline", _("Decline")
    REOPEN = "reopen", _("Reopen")
    HOLD = "hold", _("Put on hold")
    RESUME = "resume", _("Resume")
    CORRECT = "correct", _("Correct")
    DROP_CORRECTION = "drop_correction", _("Drop correction")
    RETRACT = "retract", _("Retract")
    CONFIRM_RETRACTION = "confirm_retraction", _("Confirm retraction")
    MERGE = "merge", _("Merge")
    UNMERGE = "unmerge", _("Unmerge")


class Due(TextChoices):
    """When a claim is due, as lists are narrowed by it."""

    OVERDUE = "overdue", _("overdue")
    TODAY = "today", _("today")
    TOMORROW = "tomorrow", _("tomorrow")
    WEEK = "week", _("in the next 7 days")
    NONE = "none", _("no deadline")


class Age(TextChoices):
    """How long ago a claim was received, as lists are narrowed by it."""

    DAY = "day", _("up to 1 day")
    THREE_DAYS = "3_days", _("up to 3 days")
    WEEK = "week", _("up to 7 days")
    MONTH = "month", _("up to 30 days")
    OLDER = "older", _("older")


class ReferenceKind(TextChoices):
    """Where a reference to a verdict was found."""

    WORDS = "words", _("explanation")
    TRANSLATION = "translation", _("signed translation")
    ADDRESS = "address", _("link")


class BulkKind(TextChoices):
    """What is done to many claims at once. The first three are actions."""

    ASSIGN = "assign", _("Assign")
    DECLINE = "decline", _("Decline")
    HOLD = "hold", _("Put on hold")
    DEADLINE = "deadline", _("Set deadline")
    PRIORITY = "priority", _("Set priority")
    TOPIC = "topic", _("Set topic")
    CHECK_LINKS = "check_links", _("Check links")


class BulkState(TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class SuggestionState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    ALREADY_CHECKED = "already_checked", _("already checked")


class SelectionDecision(TextChoices):
    """What the desk did with a suggestion or claim, as the selection log counts it."""

    UNDECIDED = "undecided", _("undecided")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    ALREADY_CHECKED = "already_checked", _("already checked")
    PASSED_OVER = "passed_over", _("passed over")


class DeclineReason(TextChoices):
    UNCHECKABLE = "uncheckable", _("cannot be checked")
    OPINION = "opinion", _("opinion")
    TRIVIAL = "trivial", _("trivial")
    DUPLICATE = "duplicate", _("duplicate")
    OUT_OF_SCOPE = "out_of_scope", _("out of scope")
    NO_CAPACITY = "no_capacity", _("no capacity")


# The reason of a claim that is closed because its suggestion waits again. Nobody
# chooses it from a list.
TAKEN_BACK = "taken_back"
