"""Of what comes in and goes out: notifications, tips, events, imports, matches."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Origin(TextChoices):
    """Whose fact check an imported one is."""

    OWN_ARCHIVE = "own_archive", _("our own archive")
    OTHER_NEWSROOM = "other_newsroom", _("another newsroom")


class ExportKind(TextChoices):
    """What the ZIP of a desk is for."""

    DESK = "desk", _("everything of the desk")
    AUDIT = "audit", _("IFCN audit pack")


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
    FACT_CHECK = "fact_check", _("imported fact check")


class ProposalState(TextChoices):
    """What became of a proposed repetition."""

    OPEN = "open", pgettext_lazy("proposal", "open")
    ADDED = "added", pgettext_lazy("proposal", "added")
    DISMISSED = "dismissed", pgettext_lazy("proposal", "dismissed")
