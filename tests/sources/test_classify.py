"""What one answer says about a link, and what it does not say."""

from __future__ import annotations

import pytest

from sources.classify import PROBLEM_STATES, State, classify
from sources.fetch_types import FetchProblem, FetchResult, Redirect

PAGE = (
    b"<html><head><title>Inflation rose in March</title></head><body><p>The office counted 4,210"
    b" cases.</p></body></html>"
)
START = "https://example.org/2024/03/story"


def answer(
    *,
    status: int | None = 200,
    body: bytes = PAGE,
    final_url: str = START,
    url: str = START,
    hops: tuple[int, ...] = (),
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),),
    problem: FetchProblem | None = None,
) -> FetchResult:
    chain = tuple(
        Redirect(url=url, status=code, location=final_url, address="192.0.2.1") for code in hops
    )
    return FetchResult(
        url=url,
        final_url=final_url,
        status=status,
        headers=headers,
        body=body,
        hops=chain,
        problem=problem,
        reason="Because." if problem else "",
    )


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "ok"), (203, "ok"), (206, "ok"),
        (400, "blocked"), (401, "blocked"), (402, "blocked"), (403, "blocked"), (405, "blocked"), (406, "blocked"), (407, "blocked"),
        (408, "blocked"), (409, "blocked"), (418, "blocked"), (421, "blocked"), (425, "blocked"), (426, "blocked"), (429, "blocked"),
        (431, "blocked"), (451, "blocked"), (444, "blocked"), (499, "blocked"), (999, "blocked"), (600, "blocked"),
        (404, "not_found"), (410, "gone"),
        (500, "server_error"), (502, "server_error"), (503, "server_error"), (521, "server_error"), (599, "server_error"),
        (302, "server_error"), (304, "server_error"), (300, "server_error"), (101, "server_error"),
    ],
)  # fmt: skip
def test_a_status_has_a_state(status: int, state: str) -> None:
    found = classify(answer(status=status))
    assert found.state == state
    assert found.reason.endswith(".")
    assert len(found.reason) < 200


@pytest.mark.parametrize(
    "problem", [problem for problem in FetchProblem if problem is not FetchProblem.too_large]
)
def test_every_problem_has_a_state(problem: FetchProblem) -> None:
    found = classify(answer(status=None, body=b"", problem=problem))
    assert found.state == PROBLEM_STATES[problem]
    assert found.reason == "Because."


@pytest.mark.parametrize("problem", [FetchProblem.our_ca_file, FetchProblem.internal_error])
def test_a_fault_of_ours_is_never_the_state_of_a_link(problem: FetchProblem) -> None:
    assert classify(answer(status=None, problem=problem)).state == "unchecked"


def test_a_page_too_large_to_keep_is_there_all_the_same() -> None:
    assert classify(answer(body=b"", problem=FetchProblem.too_large)).state == "ok"
    assert (
        classify(answer(body=b"", problem=FetchProblem.too_large, hops=(301,))).state
        == "redirected_permanent"
    )
    assert (
        classify(answer(status=404, body=b"", problem=FetchProblem.too_large)).state == "not_found"
    )
    assert (
        classify(answer(status=None, body=b"", problem=FetchProblem.too_large)).state
        == "connection_error"
    )


@pytest.mark.parametrize(
    ("hops", "state"),
    [
        ((301,), "redirected_permanent"),
        ((308, 301), "redirected_permanent"),
        ((302,), "redirected_temporary"),
        ((303,), "redirected_temporary"),
        ((301, 302), "redirected_temporary"),
        ((307,), "redirected_temporary"),
    ],
)
def test_a_move_is_permanent_only_when_every_step_is(hops: tuple[int, ...], state: str) -> None:
    assert classify(answer(hops=hops, final_url="https://example.org/new/story")).state == state


@pytest.mark.parametrize(
    "home",
    [
        "https://example.org/",
        "https://www.example.org/index.html",
        "https://example.org/en/",
        "https://example.org/de",
        "https://example.org/home",
        "https://other.example/?utm_source=x",
    ],
)
def test_a_story_that_leads_to_a_home_page_is_suspected_to_be_gone(home: str) -> None:
    assert classify(answer(hops=(301,), final_url=home)).state == "moved_to_home"


@pytest.mark.parametrize(
    "url", ["https://example.org/", "http://example.org/index.php", "https://example.org/en"]
)
def test_a_home_page_may_move_to_a_home_page(url: str) -> None:
    assert (
        classify(answer(url=url, hops=(301,), final_url="https://www.example.org/")).state
        == "redirected_permanent"
    )


def test_a_short_address_may_lead_to_a_home_page() -> None:
    assert (
        classify(
            answer(url="https://bit.ly/3abc", hops=(301,), final_url="https://example.org/")
        ).state
        == "redirected_permanent"
    )


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "Error 404",
        "Page not found",
        "Page not found | Example News",
        "Example News - 404",
        "Example &ndash; Page not found",
        "Seite nicht gefunden \u2013 Beispiel",
        "Page introuvable",
        "Página no encontrada",
        "Pagina non trovata",
    ],
)
def test_a_success_that_reads_like_an_error_page_is_suspected(title: str) -> None:
    page = f"<html><title>{title}</title><body><p>Sorry.</p></body></html>".encode()
    assert classify(answer(body=page)).state == "soft_404_suspected"
    headed = f"<html><title>Example</title><body><h1 class=x>{title}</h1></body></html>".encode()
    assert classify(answer(body=headed)).state == "soft_404_suspected"


@pytest.mark.parametrize(
    "title",
    [
        "The 404 bus is late again",
        "Witnesses not found in trial of the mayor",
        "4040 jobs lost",
        "Peugeot 404: a history",
        "Report: 4,040 pages were missing",
        (
            "Why the words page not found have become the most hated words on the whole of the"
            " internet today"
        ),
    ],
)
def test_an_article_about_missing_things_is_not_missing(title: str) -> None:
    assert classify(answer(body=f"<title>{title}</title><p>Text</p>".encode())).state == "ok"


@pytest.mark.parametrize(
    "path", ["/404", "/404.html", "/error/404", "/not-found", "/page-not-found/", "/error404"]
)
def test_a_redirect_to_an_error_page_is_suspected(path: str) -> None:
    assert (
        classify(answer(hops=(302,), final_url="https://example.org" + path)).state
        == "soft_404_suspected"
    )


@pytest.mark.parametrize("body", [b"", b" \n\t "])
def test_an_empty_page_is_suspected(body: bytes) -> None:
    assert classify(answer(body=body)).state == "soft_404_suspected"


CHALLENGES = {
    "cloudflare header": answer(status=403, headers=(("cf-mitigated", "challenge"),)),
    "cloudflare 503": answer(
        status=503,
        body=(
            b"<title>Just a moment...</title><script"
            b" src='/cdn-cgi/challenge-platform/h/g/orchestrate/jsch/v1'></script>"
        ),
    ),
    "cloudflare 200": answer(body=b"<html><title>Attention Required! | Cloudflare</title></html>"),
    "aws 202": answer(status=202, headers=(("x-amzn-waf-action", "challenge"),)),
    "incapsula 200": answer(body=b"<html><iframe src='/_Incapsula_Resource?x=1'></iframe></html>"),
    "datadome": answer(
        body=b"<html><script src='https://ct.captcha-delivery.com/c.js'></script></html>"
    ),
    "ddos-guard 503": answer(status=503, body=b"<title>DDoS-Guard</title>"),
    "untyped": answer(body=b"<title>Just a moment...</title>", headers=()),
}


@pytest.mark.parametrize("kind", CHALLENGES)
def test_a_test_for_humans_is_blocked_and_never_dead(kind: str) -> None:
    assert classify(CHALLENGES[kind]).state == "blocked"


def test_a_long_article_that_embeds_a_captcha_is_an_article() -> None:
    body = (
        b"<title>Story</title>"
        + b"<p>Text of the story.</p>" * 50
        + b"<div class='px-captcha'></div>"
    )
    assert classify(answer(body=body)).state == "ok"


def test_a_long_page_without_paragraphs_that_embeds_a_captcha_is_a_page() -> None:
    body = (
        b"<title>Story</title>"
        + b"<div>Text of the story.</div>" * 2_000
        + b"<div class='px-captcha'></div>"
    )
    assert classify(answer(body=body)).state == "ok"


@pytest.mark.parametrize(
    "final_url",
    [
        "https://example.org/login?next=/story",
        "https://login.example.org/",
        "https://example.org/account/sign-in",
        "https://consent.example.org/m?continue=x",
        "https://example.org/sso/start",
    ],
)
def test_a_redirect_to_a_sign_in_page_is_blocked(final_url: str) -> None:
    assert classify(answer(hops=(302,), final_url=final_url)).state == "blocked"


@pytest.mark.parametrize(
    "body",
    [
        b"\x00" * 100,
        b"\xff\xfe\x00",
        b"<title" * 5_000,
        b"<title>" + b"&#" * 1_000,
        b"%PDF-1.7 Just a moment",
    ],
)
def test_no_body_makes_it_raise(body: bytes) -> None:
    assert classify(answer(body=body)).state in set(State)
