"""Ingestion of articles: one row per article, however often it is
submitted.
"""

import re
from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from factcheck.ledger import change_context, clock, due_work
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.due_work import PermanentWorkError
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may, may_on_desk
from sources.article_details import TITLE_LENGTH, ArticleDetails
from sources.canonical_urls import UrlError, canonical_url
from sources.cited_links import publisher_of
from sources.fetching import pages
from sources.models import Article, ArticleFetch, ArticleVersion
from sources.pdftext import BROKEN, ENCRYPTED
from sources.pdftext import TOO_HEAVY as PDF_TOO_HEAVY
from sources.plaintext import TextError, stored_text
from sources.process_slots import BusyError
from sources.readable import TOO_HEAVY, Page, looks_like_html, read_page
from sources.signals import article_ready

# Not urlsplit: it raises for brackets and some letters after “//”, which people write.
_url = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
NOT_READ = frozenset({BROKEN, ENCRYPTED, PDF_TOO_HEAVY, TOO_HEAVY})


def submit_text(
    desk: Desk, *, by: User, text: str | bytes, details: ArticleDetails | None = None
) -> tuple[Article, bool]:
    """Submit a text; returns the article and whether it is new. Raises
    PermissionDenied, TextError or UrlError, with a remedy.

    The HTML source of a page is stored as its readable text, with title
    and date. The same text again changes nothing. Another text for a
    known URL becomes the next version, but only from people who may see
    the article: a reporter cannot change a colleague's article by its
    URL.
    """
    _check(by, desk)
    clean, details_read = _read_in(text, details or ArticleDetails())
    url = canonical_url(details_read.url) if details_read.url.strip() else None
    with transaction.atomic():
        known = _known_as(details_read.external_id, desk)
        if known and not details_read.update_of:
            details_read = replace(details_read, update_of=known)
        if details_read.update_of:
            article, new = _updated(details_read.update_of, desk, by=by, url=url), False
        else:
            article, new = _article(
                desk,
                by=by,
                url=url,
                digest=sha256(clean),
                details=details_read,
                title=_line(details_read.title) or _first_line(clean),
            )
        if not new:
            _lock(article)
            _name(article, details_read.external_id, known, by=by)
        version = _add_version(
            article, clean, url=url if details_read.update_of and url != article.url else None
        )
        if version and not new:
            if version.number > 1 and not may(by, "article.view", article):
                raise PermissionDenied(
                    _(
                        "A colleague on %(desk)s submitted another text of this article. Ask a"
                        " checker or editor of the desk."
                    )
                    % {"desk": desk}
                )
            log_change(
                "article.version",
                article,
                by=by,
                changes={"content_hash": ["", version.content_hash]},
            )
    return article, new


def _read_in(text: str | bytes, details: ArticleDetails) -> tuple[str, ArticleDetails]:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    if not looks_like_html(raw):
        return stored_text(text), details
    try:
        page = read_page(
            raw,
            url=details.url,
            content_type="text/html; charset=utf-8" if isinstance(text, str) else "text/html",
        )
    except BusyError as error:
        raise TextError(
            _("Too many documents are being read right now. Submit the text again in a minute.")
        ) from error
    if page.note == TOO_HEAVY:
        raise TextError(
            _(
                "This page could not be read: it takes too much time or memory. Copy the text"
                " from the page itself and paste that."
            )
        )
    if not page.text.strip():
        raise TextError(
            _(
                "This is the HTML source of a page without readable text. Copy the text from the"
                " page itself and paste that."
            )
        )
    return stored_text(page.text), replace(
        details,
        title=details.title or page.title,
        published_date=details.published_date or page.published,
    )


def submit_url(desk: Desk, *, by: User, url: str, external_id: str = "") -> tuple[Article, bool]:
    """Submit a URL; returns the article, whose text a worker fetches,
    and whether it is new.
    """
    _check(by, desk)
    address = canonical_url(url)
    with transaction.atomic():
        known = _known_as(external_id, desk)
        if known and known.url != address:
            raise _of_another(external_id)
        details = ArticleDetails(external_id=external_id)
        article, new = _article(desk, by=by, url=address, digest="", details=details, title="")
        if not new:
            _lock(article)
            _name(article, external_id, known, by=by)
        if not article.versions.exists():
            fetch, first = ArticleFetch.objects.get_or_create(
                article=article, defaults=due_work.nudged_now()
            )
            if first:
                nudge(ArticleFetch.task_name, fetch.pk)
    return article, new


def fetch_article(fetch_id: int, *, takeover: bool = False) -> bool:
    """Fetch an article if it is due; safe to repeat and to run in parallel."""
    return due_work.run_due(ArticleFetch, fetch_id, prepare=_fetch, store=_store, takeover=takeover)


def retry(work: due_work.DueWork, *, article: Article, by: User) -> None:
    """Make this work on the article due again, from the first attempt.
    Raises PermissionDenied.
    """
    if not may(by, "article.retry", article):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to retry this article.")
            % {"desk": article.desk}
        )
    with transaction.atomic():
        due_work.request(work)
        work.save(update_fields=due_work.WORK_FIELDS)
        nudge(work.task_name, work.pk)
        log_change("job.retry", work, by=by)


def _check(by: User, desk: Desk) -> None:
    if not may_on_desk(by, "article.submit", desk.pk):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to submit articles.") % {"desk": desk}
        )


def _known_as(external_id: str, desk: Desk) -> Article | None:
    """The desk's article of this external ID. Holds the desk: of two
    that are sent at once with one ID the second finds the first.
    """
    if not external_id:
        return None
    Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
    return Article.objects.filter(desk=desk, external_id=external_id).first()


def _name(article: Article, external_id: str, known: Article | None, *, by: User) -> None:
    """Give an article that was there already its external ID, once.
    Call with the lock.
    """
    if not external_id or article.external_id == external_id:
        return
    if known:
        raise _of_another(external_id)
    if article.external_id:
        message = _(
            "The desk has this article already, under the external ID “%(there)s”. Send it under"
            " that one."
        )
        raise ValidationError({"external_id": message % {"there": article.external_id}})
    article.external_id = external_id
    article.save(update_fields=["external_id"])
    log_change("article.correct", article, by=by, changes={"external_id": ["", external_id]})


def _of_another(external_id: str) -> ValidationError:
    message = _(
        "“%(external_id)s” is the external ID of another article of the desk. Send this one under"
        " its own."
    )
    return ValidationError({"external_id": message % {"external_id": external_id}})


def _article(
    desk: Desk, *, by: User, url: str | None, digest: str, details: ArticleDetails, title: str
) -> tuple[Article, bool]:
    if existing_article := _as_update(desk, url, digest):
        return existing_article, False
    key = {"url": url} if url else {"url": None, "content_hash": digest}
    # Creating a publisher is audited as an act of this person.
    with change_context.acting_as(by):
        publisher = publisher_of(url) if url else None
    article, new = Article.objects.get_or_create(
        desk=desk,
        **key,
        defaults={
            "content_hash": digest,
            "kind": details.kind,
            "title": title[:TITLE_LENGTH],
            "byline": details.byline,
            "external_id": details.external_id,
            "published_date": details.published_date,
            "publisher": publisher,
            "submitted_by": by,
            "created_at": clock.now(),
        },
    )
    if new:
        log_change(
            "article.submit",
            article,
            by=by,
            changes={"url": ["", url or ""], "content_hash": ["", digest]},
        )
    return article, new


def _as_update(desk: Desk, url: str | None, digest: str) -> Article | None:
    """The article of which this was submitted as an update before:
    matched by the URL of the update, or by its text if either has no
    URL.
    """
    versions = ArticleVersion.objects.filter(article__desk=desk, number__gt=1)
    same = (
        versions.filter(url=url)
        if url
        else versions.filter(Q(article__url=None) | Q(url=""), content_hash=digest)
    )
    version = same.select_related("article").order_by("pk").first()
    return version.article if version else None


def _updated(story: Article, desk: Desk, *, by: User, url: str | None) -> Article:
    article = Article.objects.visible_to(by).filter(desk=desk, pk=story.pk).first()
    if article is None:
        raise PermissionDenied(
            _(
                "Article not found on %(desk)s, or you do not have access. Submit the text as a"
                " new article."
            )
            % {"desk": desk}
        )
    other = (
        Article.objects.filter(desk=desk, url=url).exclude(pk=article.pk).first() if url else None
    )
    if other:
        raise UrlError(
            _(
                "This URL is already another article of the desk. Leave the URL out, or submit"
                " the text as that article."
            )
        )
    return article


def _lock(article: Article) -> None:
    """Lock the article, so that of two simultaneous texts the second
    sees the first and gets the next number, or is found to be the same.
    """
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def _add_version(
    article: Article,
    text: str,
    *,
    url: str | None = None,
) -> ArticleVersion | None:
    """Store the text as the next version; None if the article has it
    already. Call with the lock.
    """
    digest = sha256(text)
    if article.versions.filter(content_hash=digest).exists():
        return None
    version = ArticleVersion.objects.create(
        article=article,
        number=article.versions.count() + 1,
        text=text,
        content_hash=digest,
        url=url or "",
        created_at=clock.now(),
    )
    article_ready.send(ArticleVersion, version=version)
    return version


def _fetch(job: ArticleFetch) -> Page:
    visit = pages.get(job.article.url or "")
    if not visit.answered:
        raise (
            PermanentWorkError(f"{visit.reason} Paste the text instead, or press “Run again”.")
            if visit.final
            else OSError(visit.reason)
        )
    if not visit.page.text.strip():
        raise PermanentWorkError(
            f"{visit.page.note} Paste the text instead."
            if visit.page.note in NOT_READ
            else "The page holds no readable text (it may need a login or a script). Paste the text"
            " instead."
        )
    return visit.page


def _store(job: ArticleFetch, page: Page) -> None:
    article = job.article
    article.title = article.title or page.title[:TITLE_LENGTH]
    article.byline, article.published_date = (
        article.byline or page.byline[:200],
        article.published_date or page.published,
    )
    article.language = page.language[:16]
    article.save(update_fields=["title", "byline", "published_date", "language"])
    _add_version(article, page.text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _first_line(text: str) -> str:
    """A title for a pasted text: its first line that is long enough and not a URL."""
    lines = (_line(line) for line in text.splitlines())
    return next((line for line in lines if len(line) > 3 and not _url.match(line)), "")[:200]
