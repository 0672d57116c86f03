"""The product's own site, which says of each answer what it cost; and,
run as a program, which pages there are to ask for and as whom.
"""

import json
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

# It prepares Django, which the models below need.
from factcheck.wsgi import application as site  # isort: split

from django.conf import settings
from django.urls import reverse

from claims.models import Claim
from factcheck.newsroom.accounts import stored_sessions
from factcheck.newsroom.accounts.sessions import SIGNED_IN_AT, USED_AT
from factcheck.newsroom.models import Membership, User
from sources.models import Article, Publisher

Start = Callable[..., Any]
ROLES = ("editor", "checker", "auditor")


class Queries:
    def __init__(self) -> None:
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - begun


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    kept: list[Any] = []
    queries = Queries()

    def keep(*args: Any) -> Callable[[bytes], object]:
        kept.extend(args)
        return lambda _body: None

    # Of this thread: waitress reads and writes in others.
    begun = time.thread_time()
    with connection.execute_wrapper(queries):
        # Django has made the whole answer when it returns.
        answer = site(environ, keep)
    spent = time.thread_time() - begun
    cost = {"cpu": spent, "database": queries.seconds, "queries": queries.count}
    status, headers, *more = kept
    start_response(status, [*headers, ("X-Cost", json.dumps(cost))], *more)
    return answer


def pages() -> list[tuple[str, str, str]]:
    """(name, role, path)"""
    editor = person("editor")
    claims = Claim.objects.visible_to(editor).order_by("pk")
    claim = claims.filter(status="in_review").first() or claims[0]
    article = Article.objects.visible_to(editor).order_by("pk")[0]
    publisher = Publisher.objects.filter(domain__isnull=False).order_by("pk")[0]
    changelists = {
        "claims": "claims_claim",
        "suggestions": "claims_suggestion",
        "articles": "sources_article",
        "links": "sources_link",
        "captures": "sources_capture",
        "rechecks": "claims_recheck",
        "source changes": "claims_sourcechange",
    }
    lists = {name: reverse(f"admin:{model}_changelist") for name, model in changelists.items()}
    audit = reverse("admin:ledger_auditentry_changelist")
    home = reverse("admin:index")
    search = f"{home}search/"
    return [
        ("home of an editor", "editor", home),
        ("home of a checker", "checker", home),
        *((f"list of {name}", "editor", path) for name, path in lists.items()),
        ("claims, page 10", "editor", f"{lists['claims']}?status__exact=all&p=10"),
        ("claims, search", "editor", f"{lists['claims']}?q=bridge"),
        ("suggestions, search", "editor", f"{lists['suggestions']}?q=bridge"),
        ("suggestions, accuracy", "editor", reverse("admin:claims_suggestion_accuracy")),
        ("articles that failed", "editor", f"{lists['articles']}?work=failed"),
        ("audit", "auditor", audit),
        ("audit of one claim", "auditor", f"{audit}?object_id={claim.public_id}"),
        ("publisher", "editor", reverse("admin:sources_publisher_change", args=[publisher.pk])),
        ("workbench", "editor", reverse("admin:claims_claim_change", args=[claim.pk])),
        (
            "page of an article",
            "editor",
            reverse("admin:sources_article_change", args=[article.pk]),
        ),
        ("search everywhere", "editor", f"{search}?q=bridge"),
        ("search, typing ahead", "editor", f"{search}completion/?q=bri"),
    ]


def cookies() -> dict[str, str]:
    """By role, of a session that is made now."""
    name = settings.SESSION_COOKIE_NAME
    return {role: f"{name}={_cookie(person(role))}" for role in ROLES}


def person(role: str) -> User:
    held = Membership.objects.current().filter(role=role, user__is_superuser=False)
    user: User = held.order_by("pk")[0].user
    return user


def _cookie(user: User) -> str:
    session = stored_sessions.SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[SIGNED_IN_AT] = session[USED_AT] = time.time()
    session.save()
    return stored_sessions.cookie_value(str(session.session_key))


if __name__ == "__main__":
    print(json.dumps({"pages": pages(), "cookies": cookies()}))
