"""The words sources are described with."""

from django.db.models import TextChoices


class ArticleKind(TextChoices):
    PUBLISHED = "published", "published elsewhere"
    DRAFT = "draft", "our own draft"


class ClaimantKind(TextChoices):
    PERSON = "Person", "person"
    ORGANIZATION = "Organization", "organisation"


class PublisherKind(TextChoices):
    PRIMARY = "primary", "primary: the record itself (statistics, law, data, the person)"
    SECONDARY = "secondary", "secondary: reports on it"


class Reliability(TextChoices):
    """How far a desk trusts a publisher."""

    TRUSTED = "trusted", "trusted"
    WITH_CARE = "with_care", "with care"
    NOT_TRUSTED = "not_trusted", "not trusted"


class CaptureKind(TextChoices):
    """How we came by what a source says."""

    FETCHED = "fetched", "fetched page"
    UPLOAD = "upload", "uploaded file"
    NOTE = "note", "signed note of a conversation"


class LinkState(TextChoices):
    """What the last check found. Only some of these ever mean that a source is dead, and only once
    confirmed.
    """

    UNCHECKED = "unchecked", "not checked yet"
    OK = "ok", "there"
    REDIRECTED_PERMANENT = "redirected_permanent", "moved for good"
    REDIRECTED_TEMPORARY = "redirected_temporary", "moved for now"
    MOVED_TO_HOME = "moved_to_home", "suspected: sent to the front page"
    SOFT_404 = "soft_404_suspected", "suspected: a page that says not found"
    CONTENT_CHANGED = "content_changed", "text changed"
    BLOCKED = "blocked", "not shown to us (unknown)"
    NOT_FOUND = "not_found", "not found"
    GONE = "gone", "gone"
    SERVER_ERROR = "server_error", "server error"
    TIMEOUT = "timeout", "no answer in time"
    DNS_FAILURE = "dns_failure", "host name not found"
    TLS_ERROR = "tls_error", "certificate not valid"
    CONNECTION_ERROR = "connection_error", "connection failed"
    TOO_MANY_REDIRECTS = "too_many_redirects", "redirects without end"
    REFUSED = "refused_by_policy", "address not allowed"
    UNSUPPORTED = "unsupported_scheme", "not a web address"


ANSWERED = frozenset(
    {
        LinkState.OK,
        LinkState.REDIRECTED_PERMANENT,
        LinkState.REDIRECTED_TEMPORARY,
        LinkState.CONTENT_CHANGED,
    }
)
