"""Of verdicts, and of the evidence that they stand on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
