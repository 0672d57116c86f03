"""Requests and responses for articles, and their submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from factcheck.drf.errors import bad_field
from factcheck.drf.lists import ChangesQuery, days, ordering, search
from factcheck.drf.serializers import Strict, Text
from factcheck.ledger import clock
from factcheck.ledger.due_work import DueWork, JobState
from factcheck.newsroom.models import Desk, Membership, User
from factcheck.newsroom.permissions import desks_where, may
from sources import ingest
from sources.article_details import CORRECTABLE, ArticleDetails, correct_details
from sources.canonical_urls import UrlError
from sources.choices import ArticleKind
from sources.models import Article, ArticleVersion
from sources.models.article import EXTERNAL_ID_LENGTH
from sources.plaintext import TextError

LONGEST_ADDRESS = 2000
OUTCOMES = ("new", "new_version", "corrected", "unchanged")


class ArticleQuery(ChangesQuery):
    ordering = ordering("created_at", "published_date")
    q = search("title, text and byline")
    desk = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(ArticleKind.choices, required=False)
    submitted_by = serializers.CharField(
        required=False, max_length=150, help_text="me, or a username."
    )
    received_from, received_to = days("Received")
    published_from, published_to = days("Published")
    external_id = serializers.CharField(
        required=False, max_length=EXTERNAL_ID_LENGTH, help_text="Your own name for it."
    )
    url = serializers.CharField(
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text="Where it was published; compared without trackers and the like.",
    )


class ArticleIn(Strict):
    """A text, or a URL whose text is fetched: exactly one of them."""

    desk = serializers.UUIDField(
        required=False, help_text="Optional if you submit articles to one desk only."
    )
    text = Text(
        required=False,
        trim_whitespace=False,
        help_text="The whole text, or the HTML of its page, at most 2,000,000 characters.",
    )
    url = Text(required=False, max_length=20_000, help_text="The URL to fetch the text from.")
    address = Text(
        required=False,
        allow_blank=True,
        max_length=20_000,
        help_text="With a text: the URL where it was published.",
    )
    title = Text(required=False, allow_blank=True, max_length=500)
    byline = Text(required=False, allow_blank=True, max_length=200)
    external_id = Text(
        required=False,
        max_length=EXTERNAL_ID_LENGTH,
        help_text="Your own name for it, once on a desk: the next text of this name is its update.",
    )
    kind = serializers.ChoiceField(ArticleKind.choices, required=False)
    published_date = serializers.DateField(required=False, allow_null=True)
    update_of = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="The article this updates: the text becomes its next version.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("text" in attrs) == ("url" in attrs):
            raise serializers.ValidationError(
                {
                    "text": _(
                        "Send either “text” or “url”. If a text was published, send its URL as"
                        " “address”."
                    )
                }
            )
        beside = sorted({"address", "update_of", *CORRECTABLE} & set(attrs))
        if "url" in attrs and beside:
            raise serializers.ValidationError(
                dict.fromkeys(
                    beside,
                    _("This goes with “text” only; with “url” the page provides it. Leave it out."),
                )
            )
        return attrs


class ArticlePatch(Strict):
    """What is left out keeps its value."""

    title = Text(required=False, max_length=500)
    byline = Text(required=False, allow_blank=True, max_length=200)
    kind = serializers.ChoiceField(ArticleKind.choices, required=False)
    published_date = serializers.DateField(required=False, allow_null=True)


class JobOut(serializers.Serializer[Any]):
    """The work in progress: fetching the page, then extracting suggestions.

    `rejected` counts the candidates left out because the text does not contain them.
    """

    kind = serializers.ChoiceField(("fetch", "reading"))
    state = serializers.ChoiceField(JobState.choices)
    attempts = serializers.IntegerField()
    error = serializers.CharField()
    suggestion_count = serializers.IntegerField(allow_null=True)
    rejected = serializers.IntegerField(allow_null=True)


class ArticleOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    url = serializers.CharField(allow_null=True)
    external_id = serializers.CharField(help_text="The sender's own name for it, or empty.")
    title = serializers.CharField()
    byline = serializers.CharField()
    kind = serializers.ChoiceField(ArticleKind.choices)
    published_date = serializers.DateField(allow_null=True)
    language = serializers.CharField()
    created_at = serializers.DateTimeField()
    version = serializers.SerializerMethodField(
        help_text="Number of the newest version; 0 while there is no text yet."
    )
    job = serializers.SerializerMethodField()

    def get_version(self, article: Article) -> int:
        newest = newest_version(article)
        return newest.number if newest else 0

    @extend_schema_field(JobOut(allow_null=True))
    def get_job(self, article: Article) -> dict[str, Any] | None:
        work = work_of(article)
        return (
            None
            if work is None
            else {
                "kind": "reading" if newest_version(article) else "fetch",
                "state": work.job_state,
                "attempts": work.attempts,
                "error": work.last_error,
                "suggestion_count": getattr(work, "suggestion_count", None),
                "rejected": getattr(work, "rejected", None),
            }
        )


class SentArticleOut(ArticleOut):
    outcome = serializers.ChoiceField(
        OUTCOMES,
        help_text="new; new_version: another text; corrected: other details only; or unchanged.",
    )
    corrected = serializers.ListField(
        child=serializers.ChoiceField(CORRECTABLE),
        help_text="The details that differed, and are now as sent.",
    )


class ArticleDetailOut(ArticleOut):
    text = serializers.SerializerMethodField(
        help_text="Of the newest version; offsets count code points."
    )
    content_hash = serializers.SerializerMethodField(help_text="SHA-256 of that text.")

    def get_text(self, article: Article) -> str:
        newest = newest_version(article)
        return newest.text if newest else ""

    def get_content_hash(self, article: Article) -> str:
        newest = newest_version(article)
        return newest.content_hash if newest else ""


def shown(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With everything a list row needs and without the texts, which may be two million
    characters each: the number of queries does not depend on the number of rows.
    """
    versions = (
        ArticleVersion.objects.defer("text").order_by("number").prefetch_related("extractions")
    )
    return articles.select_related("desk", "fetch").prefetch_related(Prefetch("versions", versions))


def newest_version(article: Article) -> ArticleVersion | None:
    # In Python, not by a query: `shown` has prefetched the versions.
    return max(article.versions.all(), key=lambda version: version.number, default=None)


def work_of(article: Article) -> DueWork | None:
    """The current work on the article: extraction once there is a text, fetching
    before.
    """
    newest = newest_version(article)
    if newest is None:
        return getattr(article, "fetch", None)
    return max(newest.extractions.all(), key=lambda work: work.pk, default=None)


def desk_for(user: User, action: str, desk_id: Any) -> Desk:
    """The desk of this id, or the only one where the user may do this. Raises a 400
    otherwise.
    """
    own_desks = Desk.objects.filter(
        pk__in=Membership.objects.current().filter(user=user).values("desk")
    )
    if desk_id is not None:
        desk = own_desks.filter(public_id=desk_id).first()
        if desk is None:
            raise bad_field(
                "desk",
                _("Desk not found, or you are not a member. GET /api/v1/me/ lists your desks."),
            )
        return desk
    possible = Desk.objects.filter(pk__in=desks_where(user, action))
    if len(possible) > 1:
        raise bad_field(
            "desk", _("You work on several desks: name one. GET /api/v1/me/ lists them.")
        )
    # If no desk allows it, pick any of theirs: the domain then refuses with the reason.
    own = possible.first() or own_desks.first()
    if own is None:
        raise bad_field("desk", _("You are not a member of any desk. Ask an admin to add you."))
    return own


def _updated_article(user: User, desk: Desk, article_id: Any) -> Article | None:
    article = (
        Article.objects.visible_to(user).filter(desk=desk, public_id=article_id).first()
        if article_id
        else None
    )
    if article_id and article is None:
        raise bad_field(
            "update_of",
            _("Article not found on %(desk)s, or you do not have access.") % {"desk": desk},
        )
    return article


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of an article that was sent."""

    article: Article
    outcome: str
    corrected: tuple[str, ...] = ()


def submit(user: User, data: Mapping[str, Any]) -> Sent:
    """Submit validated data. Details that are sent for an article that is known are
    corrected, by those who see it. Raises a 400 that names the field.
    """
    desk, began_at = desk_for(user, "article.submit", data.get("desk")), clock.now()
    try:
        # One transaction: a refused correction takes the text back as well.
        with transaction.atomic():
            article, new = _submitted(user, desk, data)
            if new or not may(user, "article.view", article):
                return Sent(article, "new" if new else "unchanged")
            sent = {name: data[name] for name in CORRECTABLE if name in data}
            corrected = correct_details(article, by=user, details=sent) if sent else []
            added = article.versions.filter(number__gt=1, created_at__gte=began_at).exists()
    except TextError as error:
        raise bad_field("text", str(error)) from None
    except UrlError as error:
        raise bad_field("url" if "url" in data else "address", str(error)) from None
    outcome = "new_version" if added else "corrected" if corrected else "unchanged"
    return Sent(article, outcome, tuple(corrected))


def _submitted(user: User, desk: Desk, data: Mapping[str, Any]) -> tuple[Article, bool]:
    external_id = data.get("external_id", "")
    if "url" in data:
        return ingest.submit_url(desk, by=user, url=data["url"], external_id=external_id)
    details = ArticleDetails(
        title=data.get("title", ""),
        byline=data.get("byline", ""),
        url=data.get("address", ""),
        external_id=external_id,
        kind=data.get("kind", ArticleKind.PUBLISHED),
        published_date=data.get("published_date"),
        update_of=_updated_article(user, desk, data.get("update_of")),
    )
    return ingest.submit_text(desk, by=user, text=data["text"], details=details)
