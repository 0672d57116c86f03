"""Statuses, actions and reasons of the editorial work.

The values are stored, signed, exported and part of the API: they never change. The
labels may.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy


class Status(TextChoices):
    OPEN = "open", gettext_lazy("open")
    IN_PROGRESS = "in_progress", gettext_lazy("in progress")
    IN_REVIEW = "in_review", gettext_lazy("in review")
    APPROVED = "approved", gettext_lazy("approved")
    PUBLISHED = "published", gettext_lazy("published")
    ON_HOLD = "on_hold", gettext_lazy("on hold")
    DECLINED = "declined", gettext_lazy("declined")
    RETRACTED = "retracted", gettext_lazy("retracted")
    MERGED = "merged", gettext_lazy("merged")


class Action(TextChoices):
    ASSIGN = "assign", gettext_lazy("Assign")
    TAKE = "take", gettext_lazy("Take (assign to me)")
    REASSIGN = "reassign", gettext_lazy("Reassign")
    RELEASE = "release", gettext_lazy("Release")
    SUBMIT = "submit", gettext_lazy("Sign and submit")
    SIGN = "sign", gettext_lazy("Sign again")
    REQUEST_CHANGES = "request_changes", gettext_lazy("Request changes")
    APPROVE = "approve", gettext_lazy("Approve")
    PUBLISH = "publish", gettext_lazy("Publish")
    APPROVE_AND_PUBLISH = "approve_and_publish", gettext_lazy("Approve and publish")
    SCHEDULE = "schedule", gettext_lazy("Schedule")
    CANCEL_SCHEDULE = "cancel_schedule", gettext_lazy("Cancel schedule")
    CONFIRM_NIGHT_WORK = "confirm_night_work", gettext_lazy("Confirm night work")
    RECALL = "recall", gettext_lazy("Recall")
    DECLINE = "decline", gettext_lazy("Decline")
    REOPEN = "reopen", gettext_lazy("Reopen")
    HOLD = "hold", gettext_lazy("Put on hold")
    RESUME = "resume", gettext_lazy("Resume")
    CORRECT = "correct", gettext_lazy("Correct")
    DROP_CORRECTION = "drop_correction", gettext_lazy("Drop correction")
    RETRACT = "retract", gettext_lazy("Retract")
    CONFIRM_RETRACTION = "confirm_retraction", gettext_lazy("Confirm retraction")
    MERGE = "merge", gettext_lazy("Merge")
    UNMERGE = "unmerge", gettext_lazy("Unmerge")


class SuggestionState(TextChoices):
    PROPOSED = "proposed", gettext_lazy("proposed")
    ACCEPTED = "accepted", gettext_lazy("accepted")
    DECLINED = "declined", gettext_lazy("declined")
    ALREADY_CHECKED = "already_checked", gettext_lazy("already checked")


class SelectionDecision(TextChoices):
    """What the desk did with a suggestion or claim, as the selection log counts it."""

    UNDECIDED = "undecided", gettext_lazy("undecided")
    ACCEPTED = "accepted", gettext_lazy("accepted")
    DECLINED = "declined", gettext_lazy("declined")
    ALREADY_CHECKED = "already_checked", gettext_lazy("already checked")
    PASSED_OVER = "passed_over", gettext_lazy("passed over")


class DeclineReason(TextChoices):
    UNCHECKABLE = "uncheckable", gettext_lazy("cannot be checked")
    OPINION = "opinion", gettext_lazy("opinion")
    TRIVIAL = "trivial", gettext_lazy("trivial")
    DUPLICATE = "duplicate", gettext_lazy("duplicate")
    OUT_OF_SCOPE = "out_of_scope", gettext_lazy("out of scope")
    NO_CAPACITY = "no_capacity", gettext_lazy("no capacity")


class Category(TextChoices):
    """Of a correction; readers see the label. A typo is versioned and signed like the
    others, but left out of the public list of corrections.
    """

    CORRECTION = "correction", gettext_lazy("Correction")
    CLARIFICATION = "clarification", gettext_lazy("Clarification")
    UPDATE = "update", gettext_lazy("Update")
    TYPO = "typo", gettext_lazy("Typo")


class Meanwhile(TextChoices):
    """What readers see while a correction is open."""

    UNDER_REVIEW = "under_review", gettext_lazy("the page, marked “under review”")
    WITHHELD = "withheld", gettext_lazy("a notice that the verdict is withheld")
    UNCHANGED = "unchanged", gettext_lazy("the page unchanged")


class QuoteKind(TextChoices):
    DIRECT = "direct", gettext_lazy("direct")
    INDIRECT = "indirect", gettext_lazy("indirect")
    MIXED = "mixed", gettext_lazy("mixed")
    NONE = "none", gettext_lazy("none")
    DECLINED = "declined", gettext_lazy("declined to comment")


class Stance(TextChoices):
    SUPPORTS = "supports", gettext_lazy("supports the claim")
    REFUTES = "refutes", gettext_lazy("refutes the claim")
    CONTEXT = "context", gettext_lazy("provides context")


class QuoteState(TextChoices):
    NO_QUOTE = "no_quote", gettext_lazy("no quote")
    UNCHECKED = "unchecked", gettext_lazy("quote not checked")
    FOUND = "found", gettext_lazy("quote found")
    NOT_FOUND = "not_found", gettext_lazy("quote not found")


class VerdictState(TextChoices):
    WORKING = "working", gettext_lazy("working")
    APPROVED = "approved", gettext_lazy("approved")
    PUBLISHED = "published", gettext_lazy("published")
    SUPERSEDED = "superseded", gettext_lazy("superseded")
    DROPPED = "dropped", gettext_lazy("dropped")
    RETRACTED = "retracted", gettext_lazy("retracted")


class QuoteAccuracy(TextChoices):
    """Whether the claimant said what the claim attributes to them. Apart from the
    rating: a false claim may be quoted accurately, and a true one may never have been
    made.
    """

    ACCURATE = "accurate", gettext_lazy("accurate")
    PARAPHRASED = "paraphrased", gettext_lazy("paraphrased")
    NOT_SAID = "not_said", gettext_lazy("not said by the claimant")
    NOT_ESTABLISHED = "not_established", gettext_lazy("not established")


class WaiverKind(TextChoices):
    EVIDENCE = "evidence", gettext_lazy("source requirement")
    QUOTE = "quote", gettext_lazy("quote not found")
    INTEREST = "interest", gettext_lazy("conflict of interest")


class Channel(TextChoices):
    EMAIL = "email", gettext_lazy("email")
    PHONE = "phone", gettext_lazy("phone")
    LETTER = "letter", gettext_lazy("letter")
    MESSAGE = "message", gettext_lazy("direct message")
    IN_PERSON = "in_person", gettext_lazy("in person")


class ReplyOutcome(TextChoices):
    OPEN = "open", gettext_lazy("awaiting reply")
    ANSWERED = "answered", gettext_lazy("answered")
    NO_REPLY = "no_reply", gettext_lazy("no reply")
    NOT_POSSIBLE = "not_possible", gettext_lazy("contact not possible")


class SourceChangeDecision(TextChoices):
    """What was decided about a cited page that changed. The last two are set by the
    next check, without a person: there was nothing left to decide.
    """

    PENDING = "pending", gettext_lazy("to review")
    STILL_SUPPORTS = "still_supports", gettext_lazy("still supports")
    EDITED = "edited", gettext_lazy("evidence edited")
    WITHDRAWN = "withdrawn", gettext_lazy("evidence withdrawn")
    REVERTED = "reverted", gettext_lazy("original text restored")
    CHANGED_AGAIN = "changed_again", gettext_lazy("changed again")


class RecheckCause(TextChoices):
    """Why a published verdict is rechecked."""

    RECHECK_DATE = "recheck_date", gettext_lazy("recheck date reached")
    LINK = "link", gettext_lazy("cited source")
    ARTICLE = "article", gettext_lazy("source article")
    VERDICT = "verdict", gettext_lazy("cited or translated verdict")


class RecheckDecision(TextChoices):
    PENDING = "pending", gettext_lazy("pending")
    UNAFFECTED = "unaffected", gettext_lazy("unaffected")
    CORRECTED = "corrected", gettext_lazy("corrected")
    RETRACTED = "retracted", gettext_lazy("retracted")
