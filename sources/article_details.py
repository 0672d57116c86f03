"""What is known about an article besides its text, and how that is
corrected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.choices import ArticleKind
from sources.models import Article

TITLE_LENGTH = 500
CORRECTABLE = ("title", "byline", "kind", "published_date")


@dataclass(frozen=True, slots=True)
class ArticleDetails:
    """What is known about an article besides its text. `url` is where
    it was published.
    """

    title: str = ""
    url: str = ""
    kind: str = ArticleKind.PUBLISHED
    published_date: date | None = None
    # Agencies send one story many times: an update becomes the next version of the
    # first article.
    update_of: Article | None = None
    byline: str = ""
    # The name that the sending system has for the article.
    external_id: str = ""


def correct_details(article: Article, *, by: User, details: Mapping[str, Any]) -> list[str]:
    """Correct what is known about an article besides its text; returns
    the names of what changed. The audit log keeps what stood there, and
    what was read of the text stays as it was read.
    """
    if unknown := set(details) - set(CORRECTABLE):
        raise ValueError(f"Not a detail of an article: {', '.join(sorted(unknown))}.")
    if not may(by, "article.correct", article):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to correct this article.")
            % {"desk": article.desk}
        )
    with transaction.atomic():
        row = Article.objects.select_for_update(of=("self",), no_key=True).get(pk=article.pk)
        changes = {
            name: [str(getattr(row, name) or ""), str(value or "")]
            for name, value in details.items()
            if getattr(row, name) != value
        }
        if changes:
            for name in changes:
                setattr(row, name, details[name])
            row.save(update_fields=list(changes))
            log_change("article.correct", row, by=by, changes=changes)
    return list(changes)
