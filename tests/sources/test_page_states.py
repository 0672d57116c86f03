"""A page that is gone, closed or alive is known by more than its title."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from sources.classify import classify
from sources.fetch_types import FetchResult, Redirect
from tests.sources import page_states
from tests.sources.page_states import Case

URL = "https://example.org/2024/03/story"
Headers = tuple[tuple[str, str], ...]
HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)


def _state(body: bytes, headers: Headers = HTML) -> str:
    return classify(FetchResult(URL, URL, 200, headers, body)).state


def _wrong(cases: Iterable[Case], *states: str) -> list[str]:
    return [case.name for case in cases if _state(case.body) not in states]


@pytest.mark.parametrize("held", [False, True])
def test_a_living_article_is_suspected_once_in_a_hundred_at_most(held: bool) -> None:
    cases = [case for case in page_states.living() if case.held is held]
    wrong = _wrong(cases, "ok")
    assert len(cases) >= 100
    assert len(wrong) <= len(cases) // 100, wrong


@pytest.mark.parametrize("held", [False, True])
def test_nine_of_ten_pages_that_are_gone_are_suspected(held: bool) -> None:
    cases = [case for case in page_states.dead() if case.held is held]
    wrong = _wrong(cases, "soft_404_suspected")
    assert len(cases) >= 100
    assert len(wrong) <= len(cases) // 10, wrong


@pytest.mark.parametrize("held", [False, True])
def test_nine_of_ten_pages_before_the_page_are_blocked(held: bool) -> None:
    cases = [case for case in page_states.blocked() if case.held is held]
    wrong = _wrong(cases, "blocked")
    assert len(cases) >= 90
    assert len(wrong) <= len(cases) // 10, wrong


GATES = """
/login /login.php?next=/x /Account/Login /users/sign_in /sign-in /signin /SignIn.aspx /wp-login.php
/user-login /MemberLogin /auth/realms/news/protocol /oauth2/authorize /sso/start
/saml2/idp /ServiceLogin /anmelden /anmeldung.html /einloggen /connexion /se-connecter
/identification /iniciar-sesion /acceso /ingresar /entrar /iniciar-sessao /accedi /inloggen
/logga-in /logg-inn /zaloguj /giris-yap /تسجيل-الدخول /ログイン /登录 /войти /ورود
/consent /cookie-consent /cookiewall /collectConsent /einwilligung /zustimmung /consentement
/consentimiento /consenso /toestemming /privacy-gate /captcha /challenge /are-you-human /paywall
/abo /subscribe /abonnement /gate?back=https%3A%2F%2Fexample.org%2F2024%2F03%2Fstory
/x/y?url=/2024/03/story /z?to=%2F2024%2F03%2Fstory /age-verification /verify-you-are-human
/session/new /login.jsf;jsessionid=7F /autenticazione /tcf-consent /consent-page /cookies-consent
/create-account /suscripcion /s-abonner /cas/login /auth/realms/news/openid-connect/auth
/login/of/the-boat-club
"""
NO_GATES = """
/news/story /2024/03/story.html /story?ref=/2024/03/story /informed-consent-in-clinics
/new-login-rules-for-banks /articles/1234 /story/amp /en/story /news/cookies-are-back
/archive/2024/03/story?from=/2024/03/story /sports/challenge-cup /the-sign-of-four
/cas/boats-of-the-bay /register/2024/bay-boats /challenge/bay-boats /cookies/winter-recipes
"""
HOSTS = """
login.example.org consent.example.com sso.example.net id.example.org login2.example.org
sso-eu.example.org my-login.example.net anmeldung.example.org connexion.example.com
"""
ERRORS = """
/404 /404.html /error/404 /not-found /page-not-found/ /error404 /errors/404.aspx /pagenotfound
/seite-nicht-gefunden /page-introuvable /pagina-no-encontrada /pagina-nao-encontrada
/pagina-non-trovata /notfound.php /e?aspxerrorpath=/2024/03/story /http-404
/404-page /no-encontrado /missing-page /oops?code=404 /e?a=1&status=410
"""


def _redirected(path: str, *, host: str = "example.org") -> str:
    final = f"https://{host}{path}"
    body = page_states.living()[0].body
    hop = Redirect(URL, 302, final, "")
    return classify(FetchResult(URL, final, 200, HTML, body, (hop,))).state


def test_a_redirect_to_something_else_than_the_page_is_known_by_its_address() -> None:
    wrong = [path for path in GATES.split() if _redirected(path) != "blocked"]
    wrong += [path for path in NO_GATES.split() if _redirected(path) != "redirected_temporary"]
    wrong += [path for path in ERRORS.split() if _redirected(path) != "soft_404_suspected"]
    for host in HOSTS.split():
        wrong += [host] if _redirected("/x/story", host=host) != "blocked" else []
    assert not wrong


BANNERS = (
    "We use cookies and similar tools. Accept all. Reject all.",
    "Wir brauchen Ihre Zustimmung. Alle akzeptieren.",
    "Please enable JavaScript to see the map.",
    "Subscribe to read our letter every week.",
)


def test_a_short_page_below_a_banner_is_there() -> None:
    table = "<h1>Boats by year</h1><table><tr><td>2023<td>40<tr><td>2024<td>52</table>"
    for banner in BANNERS:
        page = f"<title>Boats by year</title><div class=banner>{banner}</div>{table}"
        assert _state(page.encode()) == "ok", banner


# A wall of a page whose title is the name of its site.
BOLD_WALLS = """
<strong>We and our 842 partners</strong> store and/or access information on a device.
We and our <strong>842 partners</strong> store and access information on a device.
<p><strong>We value your privacy</strong></p><p>We use cookies.</p>
<p>We value <b>your privacy</b></p><p>We and our partners store data.</p>
<div><strong>Before you continue</strong><p>We use cookies.</p></div>
<p><strong>Wir benötigen Ihre Zustimmung</strong></p><p>Mit Werbung weiterlesen.</p>
<p>Wir brauchen Ihre <strong>Zustimmung</strong>, um weiterzumachen.</p>
<p><strong>Le respect de votre vie privée est notre priorité</strong></p><p>Accepter</p>
<p><b>Su privacidad es importante</b></p><p>Usamos cookies.</p>
<div role="heading" aria-level="1">Your privacy choices</div><p>We use cookies.</p>
<p>Please <strong>log in</strong> to continue reading.</p>
<p><strong>Largo Post</strong> asks for your <strong>consent</strong> to use your data</p>
"""
# What a living page says in bold type, or below a bold banner.
BOLD_WORDS = """
<div><strong>We use cookies</strong> and similar tools.</div><h1>Boats by year</h1><p>2023: 40</p>
<p><strong>40 boats</strong> sank off the quay, and nobody knows why they did.</p>
<p><b>Access to the pier</b> is by the northern gate only, says the board.</p>
"""


def test_bold_type_is_a_heading_where_there_is_no_other() -> None:
    def state(words: str) -> str:
        return _state(f"<title>Largo Post</title><body>{words}<button>OK</button>".encode())

    assert not [words for words in BOLD_WALLS.strip().split("\n") if state(words) != "blocked"]
    assert not [words for words in BOLD_WORDS.strip().split("\n") if state(words) != "ok"]


def test_a_page_in_another_charset_is_read_in_it() -> None:
    body = "<meta charset=iso-8859-1><title>Página no encontrada</title><p>Perdón.</p>"
    undeclared = (("Content-Type", "text/html"),)
    assert _state(body.encode("latin-1"), undeclared) == "soft_404_suspected"


def test_an_application_without_text_is_not_called_gone() -> None:
    shell = '<!doctype html><title>Reports</title><div id=root></div><script src="/a.js"></script>'
    words = "<noscript>You need to enable JavaScript to run this app.</noscript>"
    assert _state((shell + words).encode()) == "ok"
