"""Statuses, actions and reasons of the editorial work.

The values are stored, signed, exported and part of the API: they never
change. The labels may.
"""

from typing import Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Origin(TextChoices):
    """Whose fact check an imported one is."""

    OWN_ARCHIVE = "own_archive", _("our own archive")
    OTHER_NEWSROOM = "other_newsroom", _("another newsroom")


class ImportForm(TextChoices):
    """What a file was read as; addresses are pages that hold ClaimReview."""

    CSV = "csv", _("CSV")
    JSON = "json", _("JSON")
    JSON_LINES = "jsonl", _("JSON Lines")
    CLAIM_REVIEW = "claimreview", _("ClaimReview")
    ADDRESSES = "addresses", _("addresses")


class ImportPhase(TextChoices):
    FETCHING = "fetching", _("reading pages")
    MAPPING = "mapping", _("columns to choose")
    CHECKING = "checking", _("dry run")
    CHECKED = "checked", _("ready to start")
    IMPORTING = "importing", _("importing")
    DONE = "done", _("imported")


class RowState(TextChoices):
    """What a row of an import is, or will be."""

    WAITING = "waiting", _("waiting")
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("already there")
    REPEATED = "repeated", _("twice in this file")
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


class Category(TextChoices):
    """Of a correction; readers see the label. A typo is versioned and
    signed like the others, but left out of the public list of
    corrections.
    """

    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    TYPO = "typo", _("Typo")


class Meanwhile(TextChoices):
    """What readers see while a correction is open."""

    UNDER_REVIEW = "under_review", _("the page, marked “under review”")
    WITHHELD = "withheld", _("a notice that the verdict is withheld")
    UNCHANGED = "unchanged", _("the page unchanged")


class QuoteKind(TextChoices):
    DIRECT = "direct", _("direct")
    INDIRECT = "indirect", _("indirect")
    MIXED = "mixed", _("mixed")
    NONE = "none", _("none")
    DECLINED = "declined", _("declined to comment")


class Stance(TextChoices):
    SUPPORTS = "supports", _("supports the claim")
    REFUTES = "refutes", _("refutes the claim")
    CONTEXT = "context", _("provides context")


class QuoteState(TextChoices):
    NO_QUOTE = "no_quote", _("no quote")
    UNCHECKED = "unchecked", _("quote not checked")
    FOUND = "found", _("quote found")
    NOT_FOUND = "not_found", _("quote not found")


class VerdictState(TextChoices):
    WORKING = "working", _("working")
    APPROVED = "approved", pgettext_lazy("verdict", "approved")
    PUBLISHED = "published", pgettext_lazy("verdict", "published")
    SUPERSEDED = "superseded", _("superseded")
    DROPPED = "dropped", _("dropped")
    RETRACTED = "retracted", pgettext_lazy("verdict", "retracted")


class QuoteAccuracy(TextChoices):
    """Whether the claimant said what the claim attributes to them.
    Apart from the rating: a false claim may be quoted accurately, and a
    true one may never have been made.
    """

    ACCURATE = "accurate", _("accurate")
    PARAPHRASED = "paraphrased", _("paraphrased")
    NOT_SAID = "not_said", _("not said by the claimant")
    NOT_ESTABLISHED = "not_established", _("not established")


class MediaKind(TextChoices):
    """What a claim about a recording is about."""

    IMAGE = "image", _("picture")
    VIDEO = "video", _("video")
    AUDIO = "audio", _("sound recording")


class Authenticity(TextChoices):
    """What is the matter with it. The values are those of schema.org's
    MediaManipulationRatingEnumeration.
    """

    DECONTEXTUALIZED = "DecontextualizedContent", _("shown out of context")
    EDITED = "EditedOrCroppedContent", _("edited or cropped")
    ORIGINAL = "OriginalMediaContent", _("original, unaltered")
    SATIRE = "SatireOrParodyContent", _("satire or parody")
    STAGED = "StagedContent", _("staged")
    TRANSFORMED = "TransformedContent", _("altered or artificially made")


class Commented(TextChoices):
    """The text that the words of a comment stand in."""

    CLAIM = "claim", _("the claim")
    SHORT_ANSWER = "short_answer", _("the short answer")
    EXPLANATION = "explanation", _("the explanation")


class WaiverKind(TextChoices):
    EVIDENCE = "evidence", _("source requirement")
    QUOTE = "quote", _("quote not found")
    INTEREST = "interest", _("conflict of interest")


class Channel(TextChoices):
    EMAIL = "email", _("email")
    PHONE = "phone", _("phone")
    LETTER = "letter", _("letter")
    MESSAGE = "message", _("direct message")
    IN_PERSON = "in_person", _("in person")


class ReplyOutcome(TextChoices):
    OPEN = "open", _("awaiting reply")
    ANSWERED = "answered", _("answered")
    NO_REPLY = "no_reply", _("no reply")
    NOT_POSSIBLE = "not_possible", _("contact not possible")


class SourceChangeDecision(TextChoices):
    """What was decided about a cited page that changed. The last two
    are set by the next check, without a person: there was nothing left
    to decide.
    """

    PENDING = "pending", _("to review")
    STILL_SUPPORTS = "still_supports", _("still supports")
    EDITED = "edited", _("evidence edited")
    WITHDRAWN = "withdrawn", _("evidence withdrawn")
    REVERTED = "reverted", _("original text restored")
    CHANGED_AGAIN = "changed_again", _("changed again")


class RecheckCause(TextChoices):
    """Why a published verdict is rechecked."""

    RECHECK_DATE = "recheck_date", _("recheck date reached")
    LINK = "link", _("cited source")
    ARTICLE = "article", _("source article")
    VERDICT = "verdict", _("cited or translated verdict")
    READER = "reader", _("request of a reader")


class RecheckDecision(TextChoices):
    PENDING = "pending", _("pending")
    UNAFFECTED = "unaffected", _("unaffected")
    CORRECTED = "corrected", _("corrected")
    RETRACTED = "retracted", pgettext_lazy("verdict", "retracted")


class NotificationKind(TextChoices):
    """What people are told of; the label is that of the settings page."""

    ASSIGNED = "assigned", _("A claim is assigned to me")
    MENTION = "mention", _("A query mentions me")
    QUERY = "query", _("A query on a claim of mine")
    CHANGES = "changes", _("Changes are requested")
    SIGNATURE = "signature", _("A signature is wanted")
    DEADLINE_NEAR = "deadline_near", _("A deadline is near")
    DEADLINE_MISSED = "deadline_missed", _("A deadline is missed")
    SOURCE_CHANGED = "source_changed", _("A cited source changed")
    SOURCE_DEAD = "source_dead", _("A cited source is gone")
    RECHECK = "recheck", _("A recheck is due")
    SCHEDULE_FAILED = "schedule_failed", _("A scheduled publication failed")
    WATCHED = "watched", _("A claim I watch moves on")
    TIP = "tip", _("A reader sends something in")
    REPEATED = "repeated", _("A published claim is repeated")


# Of what stands in the evidence, which not everybody who sees the claim may read.
ABOUT_EVIDENCE = (
    NotificationKind.SOURCE_CHANGED,
    NotificationKind.SOURCE_DEAD,
    NotificationKind.RECHECK,
    NotificationKind.SCHEDULE_FAILED,
    NotificationKind.REPEATED,
)


class Delivery(TextChoices):
    """How a notification is sent by e-mail."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("Daily digest")
    OFF = "off", _("Off")


class ChannelService(TextChoices):
    SLACK = "slack", _("Slack")
    TEAMS = "teams", _("Teams")


class TipKind(TextChoices):
    CLAIM = "claim", _("claim to check")
    CORRECTION = "correction", _("request for correction")


class TipState(TextChoices):
    """What the desk did with what a reader sent in."""

    WAITING = "waiting", _("waiting")
    JOINED = "joined", _("joined to a claim")
    MADE = "made", _("made a claim")
    RECHECK = "recheck", _("recheck requested")
    CLOSED = "closed", _("closed")


class TipReason(TextChoices):
    """Why a tip is closed without a claim or a recheck."""

    UNCHECKABLE = "uncheckable", _("cannot be checked")
    OUT_OF_SCOPE = "out_of_scope", _("out of scope")
    NO_MISTAKE = "no_mistake", _("no mistake found")
    NO_CAPACITY = "no_capacity", _("no capacity")
    SPAM = "spam", _("spam")


class SitePage(TextChoices):
    """Pages for readers on which the newsroom says something itself.
    The values stand in addresses.
    """

    ABOUT = "about", _("About us")
    CORRECTIONS = "corrections", _("Corrections")
    SUBMIT = "submit", _("Send us a claim to check")
    REQUEST_CORRECTION = "request-correction", _("Request a correction")


class TipStage(TextChoices):
    """All that the sender of a tip is told."""

    RECEIVED = "received", _("Received")
    IN_WORK = "in_work", _("Being looked at")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class EventType(TextChoices):
    """What other programs are told of. The values stand in answers of
    the API and in filters of webhooks.
    """

    ARTICLE_READ = "article.read", _("An article was read")
    CLAIM_CREATED = "claim.created", _("A claim was created")
    CLAIM_MOVED = "claim.moved", _("A claim changed its status")
    SOURCE_CHANGED = "evidence.source_changed", _("A cited page changed")
    SOURCE_DEAD = "evidence.source_dead", _("A cited page is gone")
    VERDICT_PUBLISHED = "verdict.published", _("A verdict was published")
    VERDICT_CORRECTED = "verdict.corrected", _("A verdict was corrected")
    VERDICT_RETRACTED = "verdict.retracted", _("A verdict was retracted")
    VERDICT_TRANSLATED = "verdict.translated", _("A translation of a verdict was published")
    RECHECK_OPENED = "recheck.opened", _("A recheck was opened")
    RECHECK_DECIDED = "recheck.decided", _("A recheck was decided")
    TIP_ARRIVED = "tip.arrived", _("A tip arrived")


class KnownKind(TextChoices):
    """What an entry of the index of known claims is about."""

    CLAIM = "claim", _("claim")
    VERDICT = "verdict", _("published verdict")
    REPETITION = "repetition", _("repetition")


class ProposalState(TextChoices):
    """What became of a proposed repetition."""

    OPEN = "open", pgettext_lazy("proposal", "open")
    ADDED = "added", pgettext_lazy("proposal", "added")
    DISMISSED = "dismissed", pgettext_lazy("proposal", "dismissed")
