"""States, actions and reasons of the editorial work."""

from django.db.models import TextChoices


class Status(TextChoices):
    OPEN = "open", "open"
    IN_PROGRESS = "in_progress", "in progress"
    IN_REVIEW = "in_review", "in review"
    APPROVED = "approved", "approved"
    PUBLISHED = "published", "published"
    ON_HOLD = "on_hold", "on hold"
    DECLINED = "declined", "declined"
    RETRACTED = "retracted", "retracted"
    MERGED = "merged", "merged"


class Action(TextChoices):
    ASSIGN = "assign", "Assign"
    TAKE = "take", "Take"
    REASSIGN = "reassign", "Reassign"
    RELEASE = "release", "Release"
    SUBMIT = "submit", "Sign and submit"
    SIGN = "sign", "Sign again"
    REQUEST_CHANGES = "request_changes", "Request changes"
    APPROVE = "approve", "Approve"
    PUBLISH = "publish", "Publish"
    APPROVE_AND_PUBLISH = "approve_and_publish", "Approve and publish"
    SCHEDULE = "schedule", "Schedule"
    CANCEL_SCHEDULE = "cancel_schedule", "Take the schedule back"
    CONFIRM_NIGHT_WORK = "confirm_night_work", "Confirm the night's work"
    RECALL = "recall", "Recall"
    DECLINE = "decline", "Decline"
    REOPEN = "reopen", "Reopen"
    HOLD = "hold", "Put on hold"
    RESUME = "resume", "Resume"
    CORRECT = "correct", "Correct"
    DROP_CORRECTION = "drop_correction", "Drop the correction"
    RETRACT = "retract", "Retract"
    CONFIRM_RETRACTION = "confirm_retraction", "Confirm the retraction"
    MERGE = "merge", "Merge"
    UNMERGE = "unmerge", "Unmerge"


class SuggestionState(TextChoices):
    PROPOSED = "proposed", "proposed"
    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"
    ALREADY_CHECKED = "already_checked", "already checked"


class SelectionDecision(TextChoices):
    """What the desk did with something that was offered to it, as the selection ledger
    counts it.
    """

    UNDECIDED = "undecided", "undecided"
    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"
    ALREADY_CHECKED = "already_checked", "already checked"
    PASSED_OVER = "passed_over", "passed over"


class DeclineReason(TextChoices):
    UNCHECKABLE = "uncheckable", "cannot be checked"
    OPINION = "opinion", "opinion"
    TRIVIAL = "trivial", "trivial"
    DUPLICATE = "duplicate", "duplicate"
    OUT_OF_SCOPE = "out_of_scope", "out of scope"
    NO_CAPACITY = "no_capacity", "no capacity"


class Category(TextChoices):
    """Of a correction; readers see the label. A typo is versioned and signed, and not listed."""

    CORRECTION = "correction", "Correction"
    CLARIFICATION = "clarification", "Clarification"
    UPDATE = "update", "Update"
    TYPO = "typo", "Typo"


class Meanwhile(TextChoices):
    """What readers see while a correction is open."""

    UNDER_REVIEW = "under_review", "the page, marked “under review”"
    WITHHELD = "withheld", "that the verdict is withheld"
    UNCHANGED = "unchanged", "the page as it is"


class QuoteKind(TextChoices):
    DIRECT = "direct", "direct"
    INDIRECT = "indirect", "indirect"
    MIXED = "mixed", "mixed"
    NONE = "none", "none"


class Stance(TextChoices):
    SUPPORTS = "supports", "supports the claim"
    REFUTES = "refutes", "refutes the claim"
    CONTEXT = "context", "gives context"


class QuoteState(TextChoices):
    NO_QUOTE = "no_quote", "no quote"
    UNCHECKED = "unchecked", "quote not checked yet"
    FOUND = "found", "quote found"
    NOT_FOUND = "not_found", "quote not found"


class VerdictState(TextChoices):
    WORKING = "working", "working"
    APPROVED = "approved", "approved"
    PUBLISHED = "published", "published"
    SUPERSEDED = "superseded", "superseded"
    DROPPED = "dropped", "dropped"
    RETRACTED = "retracted", "retracted"


class QuoteAccuracy(TextChoices):
    """Did they say it? A finding of its own, beside the rating, which answers whether it is so."""

    ACCURATE = "accurate", "said so, in these words"
    PARAPHRASED = "paraphrased", "said so in other words"
    NOT_SAID = "not_said", "did not say it"
    NOT_ESTABLISHED = "not_established", "could not be established"


class WaiverKind(TextChoices):
    EVIDENCE = "evidence", "evidence gate"
    QUOTE = "quote", "quote not found"
    INTEREST = "interest", "declared interest"


class Channel(TextChoices):
    EMAIL = "email", "email"
    PHONE = "phone", "phone"
    LETTER = "letter", "letter"
    MESSAGE = "message", "message on a platform"
    IN_PERSON = "in_person", "in person"


class ReplyOutcome(TextChoices):
    OPEN = "open", "waiting for a reply"
    ANSWERED = "answered", "answered"
    NO_REPLY = "no_reply", "no reply"
    NOT_POSSIBLE = "not_possible", "not possible"


class SourceChangeDecision(TextChoices):
    """What became of the news that a page no longer says what was read in it. The last two need
    nobody.
    """

    PENDING = "pending", "to be looked at"
    STILL_SUPPORTS = "still_supports", "reviewed, still supports"
    EDITED = "edited", "evidence edited"
    WITHDRAWN = "withdrawn", "evidence withdrawn"
    REVERTED = "reverted", "says again what we read"
    CHANGED_AGAIN = "overtaken", "changed once more"


class RecheckCause(TextChoices):
    """Why a published verdict is looked at again."""

    RECHECK_DATE = "recheck_date", "the day set for another look"
    LINK = "link", "a source it cites"
    ARTICLE = "article", "the article it came from"
    VERDICT = "verdict", "a verdict of ours it cites or translates"


class RecheckDecision(TextChoices):
    PENDING = "pending", "pending"
    UNAFFECTED = "unaffected", "unaffected"
    CORRECTED = "corrected", "corrected"
    RETRACTED = "retracted", "retracted"
