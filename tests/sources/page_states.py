"""Pages by the hundred, whose state is known: living articles with titles that look
dead, pages that are gone though the server says 200, and what stands before a page.

Every second one was set aside before the rule was written (`held`).
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from itertools import cycle, islice

SENTENCES = {
    "en": (
        "The council counted {n} boats in the harbour on Tuesday, ten more than a year before.",
        "Nobody had expected so many, said the keeper, who wrote each of them down by hand.",
        "A second count is planned for the spring, once the ice has left the northern bay.",
    ),
    "de": (
        "Der Rat zählte am Dienstag {n} Boote im Hafen, zehn mehr als ein Jahr zuvor.",
        "Mit so vielen habe niemand gerechnet, sagte der Wärter, der jedes von Hand aufschrieb.",
        "Eine zweite Zählung ist für das Frühjahr geplant, wenn das Eis die Bucht verlassen hat.",
    ),
    "fr": (
        "Le conseil a compté mardi {n} bateaux dans le port, dix de plus qu'un an auparavant.",
        "Personne n'en attendait autant, a dit le gardien, qui les a notés un par un à la main.",
        "Un second comptage est prévu au printemps, quand la glace aura quitté la baie du nord.",
    ),
    "es": (
        "El concejo contó el martes {n} barcos en el puerto, diez más que un año antes.",
        "Nadie esperaba tantos, dijo el guardián, que los anotó uno por uno y a mano.",
        "Un segundo recuento está previsto para la primavera, cuando el hielo deje la bahía.",
    ),
    "pt": (
        "O conselho contou na terça-feira {n} barcos no porto, dez a mais do que um ano antes.",
        "Ninguém esperava tantos, disse o guarda, que anotou cada um deles à mão.",
        "Uma segunda contagem está prevista para a primavera, quando o gelo deixar a baía.",
    ),
    "it": (
        "Il consiglio ha contato martedì {n} barche nel porto, dieci più di un anno prima.",
        "Nessuno ne aspettava tante, ha detto il custode, che le ha annotate una a una.",
        "Un secondo conteggio è previsto in primavera, quando il ghiaccio lascerà la baia.",
    ),
    "ar": (
        "أحصى المجلس يوم الثلاثاء {n} قاربا في الميناء، أي أكثر بعشرة من العام الماضي.",
        "وقال الحارس الذي دونها واحدا واحدا بخط يده إن أحدا لم يتوقع هذا العدد الكبير.",
        "ومن المقرر إجراء عد ثان في الربيع بعد أن يغادر الجليد الخليج الشمالي تماما.",
    ),
}
LIVING = """
en|404 people moved to the island last year
en|404: how a number became a joke
en|Not found: 31 ballot boxes in the north
en|Page not found: the lost chapter of a keeper's diary
en|Access denied: how clinics turn patients away
en|Just a moment of silence for those who drowned
en|Just a moment, says the minister, and leaves
en|Attention required: forty bridges need repair
en|Error 404, the band, plays in the old town
en|This article is no longer available in shops
en|Are you human? A test for young judges
en|Are you a robot? Farmers meet their helper
en|Security check finds 40 faults at the dam
en|Sign in the window: the last bookshop closes
en|Log in the river: ferry stopped for a day
en|Forbidden: the books that a county removed
en|403 pupils left the school without a seat
en|Gone: 410 jobs at the shipyard
en|Content not found in nature: a new plastic
en|File not found: ministry lost 300 records
en|Verify you are human, says a new law on calls
en|Before you continue: what the new limit means
en|Nothing found in the search of the lake
en|No results after ten rounds of talks
en|Oops: mayor publishes the wrong budget
en|Unavailable: doctors in the valley
en|Page missing from the contract, court hears
en|Checking your browser history is legal, court says
en|We use cookies to feed 300 children, says baker
en|The page you requested, and other letters of a king
en|This page does not exist, said the archivist
en|Access Denied
en|Not Found
en|Harbour log removed from the register
en|Link between boats and birds not found
en|The address that is no longer on any map
en|Sign in to be counted: how the boat census works
de|404 Menschen zogen auf die Insel
de|Nicht gefunden: zwölf Wahlurnen im Norden
de|Seite nicht gefunden: das verlorene Kapitel
de|Zugriff verweigert: wie Kliniken Kranke abweisen
de|Anmelden lohnt sich: Kurse im Freibad
de|Einen Moment bitte, sagte der Minister
de|Nicht mehr verfügbar: Ärzte im Tal
de|Fehler 404: eine Band kehrt zurück
fr|404 habitants de plus sur l'île
fr|Introuvable : douze urnes dans le nord
fr|Page introuvable : le chapitre perdu d'un gardien
fr|Accès refusé : ces cliniques qui renvoient
fr|Un instant de silence pour les noyés
fr|Erreur 404, le groupe, joue au port
es|404 personas se mudaron a la isla
es|No encontrada: la urna del norte
es|Página no encontrada: el capítulo perdido
es|Acceso denegado: clínicas que no atienden
es|Un momento de silencio por los ahogados
pt|404 pessoas mudaram para a ilha
pt|Página não encontrada: o capítulo perdido
pt|Acesso negado: clínicas que não atendem
it|404 persone si sono trasferite sull'isola
it|Pagina non trovata: il capitolo perduto
it|Accesso negato: le cliniche che rifiutano
ar|404 أشخاص انتقلوا إلى الجزيرة
ar|غير موجودة: صناديق الاقتراع في الشمال
ar|الصفحة غير موجودة: الفصل المفقود من اليوميات
ar|لحظة من فضلك: لماذا تضيق غرف الانتظار
"""
# Title | heading | text; {s} is the name of the site.
DEAD = """
en|Page not found – {s}|Oops! That page can’t be found.|It looks like nothing was found at this location. Maybe try a search?
en|{s}|Page not found|The page you were looking for could not be found.
en|{s}|This page does not exist|Go back to the front page.
en|404 Not Found|Not Found|The requested URL /report was not found on this server.
en|{s}||Sorry, this page isn't available. The link you followed may be broken, or the page may have been removed.
en|Error 404 (Not Found)!!1||404. That’s an error. The requested URL was not found on this server. That’s all we know.
en|{s} - 404|404|We can't find the page you're looking for.
en|{s}|We couldn't find that page|Please check the address or try the search.
en|This content is no longer available | {s}|This content is no longer available|
en|{s}|Article removed|This article has been removed at the request of its author.
en|{s}|Sorry|This story has expired. Stories are kept for 30 days.
en|HTTP 404|The page cannot be found|The page you are looking for might have been removed, had its name changed, or is temporarily unavailable.
en|{s}||Hmm… this page doesn’t exist. Try searching for something else.
en|{s}|Whoops!|Looks like we have lost this page.
en|Page Unavailable|Page unavailable|
en|{s}|Document not found|The document with this number does not exist.
en|{s}|Nothing here|There is nothing at this address.
en|Account Suspended|Account Suspended|This account has been suspended. Contact your hosting provider for more information.
en|{s} is for sale|{s} is for sale|This domain is for sale. Make an offer.
en|File or directory not found|404 - File or directory not found.|The resource you are looking for might have been removed.
en|{s}|The video is unavailable|
en|{s}|This page has moved or been taken down|Look for it in the archive.
en|{s}|That programme isn't available any more|
en|{s} – error page|This release is no longer on our website|
en|Error|Error|The file you requested could not be found.
en|{s}|The page you asked for has been removed or renamed|
en|{s}|This chapter's link is no longer valid|The page can no longer be shown.
en|{s}|That page doesn't appear to exist|
en|{s}|Hmm, we can't find that one|Nothing matches your request.
en|Dataset not found|Dataset not found|
en|{s}|Sorry, something's missing|We can't seem to find what you're looking for.
en|{s}|Dead link|You followed a dead link. The page was moved or deleted.
de|Seite nicht gefunden – {s}|Seite nicht gefunden|Die angeforderte Seite konnte nicht gefunden werden.
de|{s}|Fehler 404|Diese Seite existiert nicht.
de|{s}|Hoppla!|Diese Seite gibt es nicht mehr. Zurück zur Startseite.
de|{s}|Der Artikel ist nicht mehr verfügbar|Aus rechtlichen Gründen werden Beiträge nach einem Jahr gelöscht.
de|{s}|Leider nichts gefunden|Leider konnten wir die gesuchte Seite nicht finden.
de|{s}||Die von Ihnen aufgerufene Seite wurde gelöscht oder verschoben.
de|{s}|Die Seite, die Sie suchen, gibt es nicht|
de|Fehlerseite – {s}|Oje, hier ist nichts|
de|{s}|Die von Ihnen gesuchte Seite ist verschwunden|
de|{s}|Dieser Link ist leider veraltet|
de|{s}|Da stimmt etwas nicht|Unter dieser Adresse gibt es keine Seite.
de|Inhalt nicht verfügbar|Inhalt nicht verfügbar|
fr|Page introuvable - {s}|Page introuvable|La page que vous cherchez n’existe pas.
fr|{s}|Oups !|Cette page n'existe plus.
fr|{s}|Erreur 404|La page demandée est introuvable.
fr|{s}|Page non trouvée|Désolé, nous ne trouvons pas la page que vous recherchez.
fr|{s}||Cet article a été supprimé ou n'est plus disponible.
fr|{s} : page inaccessible|Page inaccessible|
fr|{s}|Cette page s'est perdue|
fr|{s}|Ce lien est obsolète|La page ne peut être affichée.
fr|Jeu de données introuvable|Jeu de données introuvable|
fr|Contenu indisponible|Contenu indisponible|
es|Página no encontrada – {s}|Página no encontrada|Lo sentimos, la página que buscas no existe.
es|{s}|¡Vaya!|No se ha encontrado la página solicitada.
es|{s}|Error 404|La página no está disponible.
es|{s}|No se encuentra la página|
es|{s}|No encontramos lo que busca|
es|{s}|Oferta caducada|Esta oferta ha caducado.
es|{s}||Este contenido ya no está disponible.
es|{s}|No encontramos la página|Vuelva a la portada.
es|{s}||El artículo que busca ha sido eliminado.
pt|Página não encontrada - {s}|Página não encontrada|A página que procura não existe ou foi removida.
pt|{s}|Ops!|Não encontramos a página que você procura.
pt|{s}|Erro 404|Este conteúdo não está mais disponível.
pt|{s}|Página inexistente|
pt|{s}|Não encontramos o que você procura|
pt|{s}|Notícia fora do ar|Esta notícia não está mais no ar.
it|Pagina non trovata - {s}|Pagina non trovata|La pagina richiesta non esiste.
it|{s}|Ops!|La pagina che cerchi non è più disponibile.
it|{s}|Errore 404|Spiacenti, non riusciamo a trovare la pagina.
it|{s}|Non troviamo quello che cerchi|
it|{s}|Questa pagina non c'è più|
it|{s}|Contenuto rimosso o spostato altrove|
it|Contenuto non disponibile|Contenuto non disponibile|
ar|الصفحة غير موجودة - {s}|الصفحة غير موجودة|عذراً، الصفحة التي تبحث عنها غير موجودة.
ar|{s}|خطأ 404|لم يتم العثور على الصفحة المطلوبة.
ar|{s}||هذه الصفحة غير متاحة.
ar|{s}|عفوا|تم حذف هذا المقال أو نقله.
ar|{s}|هذه الصفحة مفقودة|
ar|المحتوى غير متوفر|المحتوى غير متوفر|
"""
BLOCKED = """
en|Just a moment...||Enable JavaScript and cookies to continue
en|Attention Required! | Cloudflare|Sorry, you have been blocked|You are unable to access {s}. This website is using a security service to protect itself from online attacks.
en|Access Denied|Access Denied|You don't have permission to access this page on this server. Reference #18.2d7ddb17
en|Pardon Our Interruption|Pardon our interruption...|As you were browsing something about your browser made us think you were a bot.
en|{s} - Are you a robot?|We've detected unusual activity from your computer network|To continue, please click the box below to let us know you're not a robot.
en|Access to this page has been denied|Please verify you are a human|Access to this page has been denied because we believe you are using automation tools to browse the website.
en|{s}|Checking your browser before accessing {s}|This process is automatic. Your browser will redirect shortly.
en|Security Check|Human verification|Press and hold the button.
en|Robot Check||Enter the characters you see below. Sorry, we just need to make sure you're not a robot.
en|Request Rejected||The requested URL was rejected. Please consult with your administrator. Your support ID is: 1234567
en|{s}||Request unsuccessful. Incapsula incident ID: 877000180-12
en|One more step|Please complete the security check to access {s}|
en|Log in to {s}|Log in|You must log in to continue.
en|Sign in – {s}|Sign in to continue|
en|{s}: Sign In|Sign in|Please sign in to read this article.
en|Before you continue to {s}|Before you continue|We use cookies and data to deliver and maintain services. Reject all. Accept all.
en|Your privacy choices|We value your privacy|We and our partners store and access information on a device.
en|Subscribe to read | {s}|Subscribe to unlock this article|
en|{s}|Unavailable in your region|Unfortunately, our website is currently unavailable in most European countries.
en|Forbidden|403 Forbidden|
en|{s}|You have used all of your free stories|Subscribe, or come back next month.
en|{s}|This page is not available in your country|
de|Einen Moment…||Überprüfung, ob die Verbindung sicher ist.
de|Zugriff verweigert|Zugriff verweigert|Sie haben keine Berechtigung, auf diese Seite zuzugreifen.
de|Anmelden | {s}|Anmelden|Bitte melden Sie sich an, um fortzufahren.
de|Bevor Sie fortfahren|Bevor Sie zu {s} weitergehen|Wir verwenden Cookies und Daten. Alle ablehnen. Alle akzeptieren.
de|{s}|Wir brauchen Ihre Zustimmung|Mit Werbung weiterlesen oder Abo abschließen.
de|{s}|Ihre Daten sind uns wichtig|Wir und unsere Partner speichern Daten.
de|{s}|Sicherheitsüberprüfung|Bitte bestätigen Sie, dass Sie kein Roboter sind.
fr|Un instant…||Vérification de la sécurité de votre connexion.
fr|Accès refusé|Accès refusé|Vous n'avez pas la permission d'accéder à cette page.
fr|Connexion - {s}|Se connecter|Connectez-vous pour lire la suite.
fr|Avant d’accéder à {s}|Avant de continuer|Nous utilisons des cookies. Tout refuser. Tout accepter.
fr|{s}|Votre vie privée est notre priorité|Nous et nos partenaires lisons des données.
fr|{s}|Vérifiez que vous êtes humain|
es|Un momento…||Comprobando la seguridad de su conexión.
es|Acceso denegado|Acceso denegado|No tiene permiso para acceder a esta página.
es|Iniciar sesión | {s}|Inicia sesión|Inicia sesión para continuar.
es|Antes de continuar|Antes de ir a {s}|Usamos cookies. Rechazar todo. Aceptar todo.
es|{s}|Verifique que usted es humano|
pt|Um momento…||Verificando a segurança da sua conexão.
pt|Acesso negado|Acesso negado|Você não tem permissão para acessar esta página.
pt|Entrar | {s}|Iniciar sessão|Faça login para continuar.
it|Un momento…||Verifica della sicurezza della connessione.
it|Accesso negato|Accesso negato|Non hai il permesso di accedere a questa pagina.
it|Accedi | {s}|Accedi|Accedi per continuare.
it|Prima di continuare|Prima di continuare su {s}|Utilizziamo i cookie. Rifiuta tutto. Accetta tutto.
ar|لحظة من فضلك||يرجى التحقق من أنك إنسان
ar|تم رفض الوصول|تم رفض الوصول|ليس لديك إذن للوصول إلى هذه الصفحة.
ar|تسجيل الدخول | {s}|تسجيل الدخول|يرجى تسجيل الدخول للمتابعة.
"""
SITES = ("Harbour Post", "Northern Gazette", "Bay Radio 4", "thebayview.example")


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    body: bytes
    held: bool


def living() -> list[Case]:
    return _cases(LIVING, [_news, _blog, _wiki, _brief, _legacy])


def dead() -> list[Case]:
    return _cases(DEAD, [_bare, _themed, _with_teasers, _wide, _styled, _carded])


def blocked() -> list[Case]:
    return _cases(BLOCKED, [_bare, _themed, _scripted, _wide])


def _cases(table: str, layouts: list[object]) -> list[Case]:
    rows = [row.split("|") for row in table.strip().split("\n")]
    made: list[Case] = []
    for place, layout in enumerate(layouts):
        for number, row in enumerate(rows):
            site = SITES[(place + number) % len(SITES)]
            # “Name | Site” is one title: the table's own separator stands in it, too.
            parts = [part.strip() for part in row]
            language, words = parts[0], parts[1:]
            if len(words) > 3:
                words = [" | ".join(words[:-2]), *words[-2:]]
            words = [html.escape(word.replace("{s}", site)) for word in words]
            page = layout(language, site, *words)  # type: ignore[operator]
            made.append(
                Case(f"{layout.__name__} {row}", page.encode(), bool(number % 2))  # type: ignore[attr-defined]
            )
    return made


def _prose(language: str, count: int) -> list[str]:
    return [
        sentence.format(n=40 + 7 * place)
        for place, sentence in enumerate(islice(cycle(SENTENCES[language]), count))
    ]


def _paragraphs(language: str, count: int, tag: str = "p") -> str:
    pairs = _prose(language, 2 * count)
    return "".join(
        f"<{tag}>{pairs[2 * place]} {pairs[2 * place + 1]}</{tag}>" for place in range(count)
    )


def _news(language: str, site: str, title: str) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title}
    data["datePublished"] = "2024-03-05T10:00:00Z"
    return (
        f"<!doctype html><html lang={language}><head><title>{title} | {site}</title>"
        f'<meta property="og:type" content="article"><script type="application/ld+json">'
        f"{json.dumps(data)}</script></head><body>{_menu(site)}<main><article><h1>{title}</h1>"
        f"{_paragraphs(language, 6)}</article></main>{_teasers(language)}{_foot(site)}"
    )


def _blog(language: str, site: str, title: str) -> str:
    return (
        f"<html><head><title>{title} – {site}</title></head><body>{_menu(site)}<div class=post>"
        f"<h2 class=title>{title}</h2><time>5.3.2024</time>{_paragraphs(language, 5)}</div>"
        f"{_foot(site)}"
    )


def _wiki(language: str, site: str, title: str) -> str:
    text = _paragraphs(language, 4).replace("<p>", '<p>The <a href="/wiki/Boat">boat</a> ')
    return (
        f"<html><head><title>{title} - {site}</title></head><body><h1>{title}</h1>{text}"
        f"<h2>History</h2>{_paragraphs(language, 3)}{_menu(site)}{_foot(site)}"
    )


def _brief(language: str, site: str, title: str) -> str:
    return (
        f"<html><head><title>{site}: {title}</title>"
        f'<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head><body>'
        f"<h1>{title}</h1>{_paragraphs(language, 1)}{_foot(site)}"
    )


def _legacy(language: str, site: str, title: str) -> str:
    text = "<br><br>".join(_prose(language, 9))
    return (
        f"<html><head><title>{title}</title></head><body><table><tr><td>{_menu(site)}</td><td>"
        f"<font size=5><b>{title}</b></font><br><br>{text}</td></tr></table>{_foot(site)}"
    )


def _bare(_language: str, _site: str, title: str, heading: str, text: str) -> str:
    head = f"<h1>{heading}</h1>" if heading else ""
    return f"<html><head><title>{title}</title></head><body>{head}<p>{text}</p></body></html>"


def _themed(language: str, site: str, title: str, heading: str, text: str) -> str:
    head = f"<h2 class=error>{heading}</h2>" if heading else ""
    return (
        f"<!doctype html><html lang={language}><head><title>{title}</title>"
        f"<style>{'.a{color:red}' * 900}</style></head><body>{_menu(site)}<main><section>{head}"
        f"<p>{text}</p><form><input type=search></form></section></main>{_foot(site)}"
        f"<script>{'var a=1;' * 900}</script>"
    )


def _with_teasers(language: str, site: str, title: str, heading: str, text: str) -> str:
    head = f"<h1>{heading}</h1>" if heading else ""
    return (
        f"<html><head><title>{title}</title></head><body>{_menu(site)}<main>{head}"
        f"<div>{text}</div></main>{_teasers(language)}{_foot(site)}"
    )


def _wide(language: str, site: str, title: str, heading: str, text: str) -> str:
    return (
        f"<html lang={language}><head><title>{title}</title><script type='application/ld+json'>"
        f'{{"@type":"WebSite","name":"{site}"}}</script><meta property="og:type"'
        f' content="website"></head><body><div id=app><div class="x y">{_menu(site)}</div>'
        f"<div role=main><div class=title><strong>{heading}</strong></div><div><span>{text}</span>"
        f"</div></div></div>{_foot(site)}"
    )


def _styled(language: str, site: str, title: str, heading: str, text: str) -> str:
    """As sites are built from blocks and parts: each brings a style or a script."""
    parts = "".join(
        f"<style>.part-{n}{{margin:0 auto;padding:1.25em 2.375em;color:#32373c;border:0 solid"
        f" #fff;font-size:1.125em}}</style><script>self.parts=self.parts||[];"
        f"self.parts.push([{n},'/parts/{n}/index.js','{'f' * 60}'])</script>"
        for n in range(12)
    )
    head = f"<h1>{heading}</h1>" if heading else ""
    return (
        f"<!doctype html><html lang={language}><head><title>{title}</title>{parts}</head>"
        f"<body>{_menu(site)}<main>{head}<p>{text}</p></main>{_foot(site)}{parts}"
    )


def _carded(language: str, site: str, title: str, heading: str, text: str) -> str:
    """Below, teasers of two sentences, each a link as a whole."""
    prose = _prose(language, 12)
    cards = "".join(
        f'<a href="/{n}"><h3>{prose[n][:30]}</h3><p>{prose[n]} {prose[n - 1]}</p></a>'
        for n in range(11)
    )
    return (
        f"<html><head><title>{title}</title></head><body>{_menu(site)}<main><h1>{heading}</h1>"
        f"<p>{text}</p></main><section><h2>{site}</h2>{cards}</section>{_foot(site)}"
    )


def _scripted(_language: str, _site: str, title: str, heading: str, text: str) -> str:
    return (
        f"<html><head><title>{title}</title><meta name=robots content=noindex></head><body>"
        f"<div id=box><h1>{heading}</h1><noscript>{text}</noscript><p>{text}</p></div>"
        f"<script>{'(function(){})();' * 500}</script>"
    )


def _menu(site: str) -> str:
    items = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("news", "sport", "boats"))
    return f'<header><a href="/">{site}</a><nav><ul>{items * 8}</ul></nav></header>'


def _teasers(language: str) -> str:
    prose = _prose(language, 8)
    return "<section>" + "".join(
        f'<div><h3><a href="/{place}">{prose[place]}</a></h3><p>{prose[place + 1]}</p></div>'
        for place in range(5)
    )


def _foot(site: str) -> str:
    return f"<footer><p>© 2024 {site}. All rights reserved. Terms, privacy, contact.</p></footer>"
