"""Kinds and states of articles, publishers, captures and links. Values
are stored and part of the API: they never change. The labels may.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ArticleKind(TextChoices):
    PUBLISHED = "published", _("published elsewhere")
    DRAFT = "draft", _("our own draft")


class FeedItemState(TextChoices):
    """What became of an item of a feed."""

    SENT = "sent", _("sent in")
    EARLIER = "earlier", _("older than the following")
    REFUSED = "refused", _("refused")


class ClaimantKind(TextChoices):
    PERSON = "Person", _("person")
    ORGANIZATION = "Organization", _("organisation")


class PublisherKind(TextChoices):
    PRIMARY = (
        "primary",
        _("primary: the original source (statistics, law, data, the person)"),
    )
    SECONDARY = "secondary", _("secondary: reports on it")


class Reliability(TextChoices):
    """How far a desk trusts a publisher."""

    TRUSTED = "trusted", _("trusted")
    WITH_CARE = "with_care", _("use with care")
    NOT_TRUSTED = "not_trusted", _("not trusted")


class CaptureKind(TextChoices):
    """How a capture came in."""

    FETCHED = "fetched", _("fetched page")
    UPLOAD = "upload", _("uploaded file")
    NOTE = "note", _("signed interview note")


class PictureProblem(TextChoices):
    """Why a picture could not be read."""

    DAMAGED = "damaged", _("damaged, or not really a picture")
    TOO_LARGE = "too_large", _("too large to be read")


class PictureView(TextChoices):
    """The part of a picture that a hash is of."""

    WHOLE = "whole", _("whole")
    CUT_5 = "cut_5", _("without 5 % at each side")
    CUT_10 = "cut_10", _("without 10 % at each side")
    WITHOUT_BARS = "without_bars", _("without bars at top and bottom")


class LinkState(TextChoices):
    """What the last check found. None of these alone means that a
    source is dead: some never do (a server that blocks us shows the
    page to others), the rest only once confirmed.
    """

    UNCHECKED = "unchecked", _("not checked")
    OK = "ok", _("online")
    REDIRECTED_PERMANENT = "redirected_permanent", _("moved permanently")
    REDIRECTED_TEMPORARY = "redirected_temporary", _("redirected")
    MOVED_TO_HOME = "moved_to_home", _("probably gone (redirects to home page)")
    SOFT_404 = "soft_404_suspected", _("probably gone (error page)")
    CONTENT_CHANGED = "content_changed", _("text changed")
    BLOCKED = "blocked", _("blocked (unknown)")
    NOT_FOUND = "not_found", _("not found")
    GONE = "gone", _("gone")
    SERVER_ERROR = "server_error", _("server error")
    TIMEOUT = "timeout", _("timed out")
    DNS_FAILURE = "dns_failure", _("host not found")
    TLS_ERROR = "tls_error", _("invalid certificate")
    CONNECTION_ERROR = "connection_error", _("connection failed")
    TOO_MANY_REDIRECTS = "too_many_redirects", _("redirect loop")
    REFUSED = "refused_by_policy", _("address not allowed")
    UNSUPPORTED = "unsupported_scheme", _("unsupported address")


# The server answered with a page that can be read.
ANSWERED = frozenset(
    {
        LinkState.OK,
        LinkState.REDIRECTED_PERMANENT,
        LinkState.REDIRECTED_TEMPORARY,
        LinkState.CONTENT_CHANGED,
    }
)
