"""How texts and cited addresses come in: one row for one thing, however often it is sent."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from factcheck.ledger import change_context, clock, due_work
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.due_work import PermanentWorkError
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may, may_on_desk
from sources.canonical_urls import UrlError, canonical_url, site
from sources.choices import ArticleKind
from sources.fetching import pages
from sources.models import Article, ArticleFetch, ArticleVersion, Link, Owner, Publisher
from sources.plaintext import TextError, stored_text
from sources.readable import Page, looks_like_html, read_page
from sources.signals import article_ready

TITLE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class ArticleDetails:
    """What is known about an article besides its text. `url` is where it was published."""

    title: str = ""
    url: str = ""
    kind: str = ArticleKind.PUBLISHED
    published_date: date | None = None
    update_of: Article | None = (
        None  # agencies send one story again and again: the text goes under its first version
    )


def submit_text(
    desk: Desk, *, by: User, text: str | bytes, details: ArticleDetails | None = None
) -> tuple[Article, bool]:
    """Take in a text; (article, was it new). Raises TextError or UrlError with the remedy in words.

    The source of a web page is read as the page: stored is its text without menus and adverts, with
    its title and date. The same text again changes nothing; another text under a known address
    becomes its next version, from people who may see the article: a reporter does not change what
    somebody else sent by sending its address.
    """
    _check(by, desk)
    clean, told = _read_in(text, details or ArticleDetails())
    url = canonical_url(told.url) if told.url.strip() else None
    with transaction.atomic():
        if told.update_of:
            article, new = _updated(told.update_of, desk, by=by, url=url), False
        else:
            article, new = _article(
                desk,
                by=by,
                url=url,
                digest=sha256(clean),
                told=told,
                title=_line(told.title) or _first_line(clean),
            )
        if not new:
            _hold(article)
        version = _add_version(
            article, clean, url=url if told.update_of and url != article.url else None
        )
        if version and not new:
            if version.number > 1 and not may(by, "article.view", article):
                raise PermissionDenied(
                    f"Somebody else of {desk} sent another text of this article. Ask a checker or"
                    " editor there."
                )
            log_change(
                "article.version",
                article,
                by=by,
                changes={"content_hash": ["", version.content_hash]},
            )
    return article, new


def _read_in(text: str | bytes, told: ArticleDetails) -> tuple[str, ArticleDetails]:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    if not looks_like_html(raw):
        return stored_text(text), told
    page = read_page(
        raw,
        url=told.url,
        content_type="text/html; charset=utf-8" if isinstance(text, str) else "text/html",
    )
    if not page.text.strip():
        raise TextError(
            "This is the source of a web page without readable text. Copy the words from the page"
            " itself and paste those."
        )
    return stored_text(page.text), replace(
        told, title=told.title or page.title, published_date=told.published_date or page.published
    )


def submit_url(desk: Desk, *, by: User, url: str) -> tuple[Article, bool]:
    """Take in an address: the article is there at once, a worker fetches its text."""
    _check(by, desk)
    address = canonical_url(url)
    with transaction.atomic():
        article, new = _article(
            desk, by=by, url=address, digest="", told=ArticleDetails(), title=""
        )
        if not article.versions.exists():
            fetch, first = ArticleFetch.objects.get_or_create(
                article=article, defaults={"next_attempt_at": clock.now()}
            )
            if first:
                nudge(ArticleFetch.task_name, fetch.pk)
    return article, new


def cite(url: str, *, desk: Desk, by: User) -> Link:
    """The desk's link to this address, watched from its first citation on. Raises UrlError."""
    address = canonical_url(url)
    with transaction.atomic(), change_context.acting_as(by):
        link, new = Link.objects.get_or_create(
            desk=desk,
            url=address,
            defaults={"publisher": publisher_of(address), "next_attempt_at": clock.now()},
        )
        if new:
            nudge(Link.task_name, link.pk)
            log_change("link.cite", link, by=by, changes={"url": ["", address]})
    return link


def publisher_of(url: str) -> Publisher:
    """The publisher of an address, by registrable domain; a new one is its own owner until an
    editor knows better.
    """
    domain = site(url)
    known = Publisher.objects.filter(domain=domain).first()
    if known:
        return known
    owner, _ = Owner.objects.get_or_create(name=domain, desk=None)
    return Publisher.objects.get_or_create(
        domain=domain, defaults={"name": domain, "owner": owner}
    )[0]


def fetch_article(fetch_id: int, *, takeover: bool = False) -> bool:
    """Do one fetch of an article if it is due; safe twice and in parallel."""
    return due_work.run_due(ArticleFetch, fetch_id, prepare=_fetch, store=_store, takeover=takeover)


def retry(work: due_work.DueWork, *, article: Article, by: User) -> None:
    """Work on this article is due again, from its first attempt."""
    if not may(by, "article.retry", article):
        raise PermissionDenied(f"Your role on {article.desk} does not allow you to retry its work.")
    with transaction.atomic():
        due_work.request(work)
        work.save(update_fields=due_work.WORK_FIELDS)
        nudge(work.task_name, work.pk)
        log_change("job.retry", work, by=by)


def _check(by: User, desk: Desk) -> None:
    if not may_on_desk(by, "article.submit", desk.pk):
        raise PermissionDenied(f"Your role on {desk} does not allow you to send articles.")


def _article(
    desk: Desk, *, by: User, url: str | None, digest: str, told: ArticleDetails, title: str
) -> tuple[Article, bool]:
    if known := _as_update(desk, url, digest):
        return known, False
    key = {"url": url} if url else {"url": None, "content_hash": digest}
    with change_context.acting_as(by):
        publisher = publisher_of(url) if url else None
    article, new = Article.objects.get_or_create(
        desk=desk,
        **key,
        defaults={
            "content_hash": digest,
            "kind": told.kind,
            "title": title[:TITLE_LENGTH],
            "published_date": told.published_date,
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
    """The story that this came in under before, as an update: by the address of that, or by its
    text where that or the story has none.
    """
    versions = ArticleVersion.objects.filter(article__desk=desk, number__gt=1)
    same = (
        versions.filter(url=url)
        if url
        else versions.filter(Q(article__url=None) | Q(url=""), content_hash=digest)
    )
    found = same.select_related("article").order_by("pk").first()
    return found.article if found else None


def _updated(story: Article, desk: Desk, *, by: User, url: str | None) -> Article:
    found = Article.objects.visible_to(by).filter(desk=desk, pk=story.pk).first()
    if found is None:
        raise PermissionDenied(
            f"There is no such article of {desk}, or it is not yours to see. Send the text as a new"
            " one."
        )
    other = Article.objects.filter(desk=desk, url=url).exclude(pk=found.pk).first() if url else None
    if other:
        raise UrlError(
            "This address is an article of its own here already. Leave the address out, or send it"
            " as that article."
        )
    return found


def _hold(article: Article) -> None:
    """So that of two texts at once the second sees the first: the same is stored once, and another
    one gets the next number.
    """
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def _add_version(article: Article, text: str, *, url: str | None = None) -> ArticleVersion | None:
    """The version of this text, if it is a new one."""
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
    found = pages.get(job.article.url or "")
    if not found.answered:
        raise (
            PermanentWorkError(f"{found.reason} Paste the text instead, or press Retry.")
            if found.final
            else OSError(found.reason)
        )
    if not found.page.text.strip():
        raise PermanentWorkError(
            "The page holds no readable text (it may need a login or a script). Paste the text"
            " instead."
        )
    return found.page


def _store(job: ArticleFetch, page: Page) -> None:
    article = job.article
    article.title = article.title or page.title[:TITLE_LENGTH]
    article.byline, article.published_date = (
        page.byline[:200],
        article.published_date or page.published,
    )
    article.language = page.language[:16]
    article.save(update_fields=["title", "byline", "published_date", "language"])
    _add_version(article, page.text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _first_line(text: str) -> str:
    """What to call a pasted text: its first line that says something, without an address in it."""
    lines = (_line(line) for line in text.splitlines())
    return next((line for line in lines if len(line) > 3 and not urlsplit(line).scheme), "")[:200]
