"""Kinds and states of articles, publishers, captures and links. Values are stored and
part of the
API: they never change. The labels may.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy


class ArticleKind(TextChoices):
    PUBLISHED = "published", gettext_lazy("published elsewhere")
    DRAFT = "draft", gettext_lazy("our own draft")


class ClaimantKind(TextChoices):
    PERSON = "Person", gettext_lazy("person")
    ORGANIZATION = "Organization", gettext_lazy("organisation")


class PublisherKind(TextChoices):
    PRIMARY = (
        "primary",
        gettext_lazy("primary: the original source (statistics, law, data, the person)"),
    )
    SECONDARY = "secondary", gettext_lazy("secondary: reports on it")


class Reliability(TextChoices):
    """How far a desk trusts a publisher."""

    TRUSTED = "trusted", gettext_lazy("trusted")
    WITH_CARE = "with_care", gettext_lazy("use with care")
    NOT_TRUSTED = "not_trusted", gettext_lazy("not trusted")


class CaptureKind(TextChoices):
    """How a capture came in."""

    FETCHED = "fetched", gettext_lazy("fetched page")
    UPLOAD = "upload", gettext_lazy("uploaded file")
    NOTE = "note", gettext_lazy("signed interview note")


class LinkState(TextChoices):
    """What the last check found. None of these alone means that a source is dead: some
    never do (a server that blocks us shows the page to others), the rest only once
    confirmed.
    """

    UNCHECKED = "unchecked", gettext_lazy("not checked")
    OK = "ok", gettext_lazy("online")
    REDIRECTED_PERMANENT = "redirected_permanent", gettext_lazy("moved permanently")
    REDIRECTED_TEMPORARY = "redirected_temporary", gettext_lazy("redirected")
    MOVED_TO_HOME = "moved_to_home", gettext_lazy("probably gone (redirects to home page)")
    SOFT_404 = "soft_404_suspected", gettext_lazy("probably gone (error page)")
    CONTENT_CHANGED = "content_changed", gettext_lazy("text changed")
    BLOCKED = "blocked", gettext_lazy("blocked (unknown)")
    NOT_FOUND = "not_found", gettext_lazy("not found")
    GONE = "gone", gettext_lazy("gone")
    SERVER_ERROR = "server_error", gettext_lazy("server error")
    TIMEOUT = "timeout", gettext_lazy("timed out")
    DNS_FAILURE = "dns_failure", gettext_lazy("host not found")
    TLS_ERROR = "tls_error", gettext_lazy("invalid certificate")
    CONNECTION_ERROR = "connection_error", gettext_lazy("connection failed")
    TOO_MANY_REDIRECTS = "too_many_redirects", gettext_lazy("redirect loop")
    REFUSED = "refused_by_policy", gettext_lazy("address not allowed")
    UNSUPPORTED = "unsupported_scheme", gettext_lazy("unsupported address")


# The server answered with a page that can be read.
ANSWERED = frozenset(
    {
        LinkState.OK,
        LinkState.REDIRECTED_PERMANENT,
        LinkState.REDIRECTED_TEMPORARY,
        LinkState.CONTENT_CHANGED,
    }
)
