"""A few sentences below a title that says nothing: a notice, or an error page."""

from __future__ import annotations

from sources.classify import classify
from sources.fetch_types import FetchResult

URL = "https://example.org/2024/03/story"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
LAYOUTS = (
    "<title>Bay Radio</title><nav><a href=/>Home</a></nav><h1>Bay Radio</h1><p>{}</p>",
    "<title>Bay Radio</title><body><p>{}</p></body>",
)
# They speak of something that is gone, or of what one must do, but not of the page.
NOTICES = """
The minutes were not available to the board, says the clerk. They will be sent to all members by the end of May, with the map of the new pier.
The photo of the wreck has been removed from the museum. The owner wants it back, and the judges of the county will hear both sides in the spring.
The video was deleted by a sailor, the court heard. Six more of the crew will speak on Monday, and the ruling is not to be expected before July.
404 boats lie in the bay tonight, more than ever before. The keeper counted them twice, once from the tower and once from the quay, with the same result.
Article 7 was removed from the harbour bill. The house will vote on the rest of it on Thursday, after the island has been heard for the third time.
You must sign in at the gate to see the ships. The list closes at nine, and whoever stands on it gets a hat, a lamp and a bowl of soup.
Der Bericht wurde nicht veröffentlicht, sagt die Wärterin. Der Rat will ihn im Mai lesen und dann über den neuen Kai abstimmen, den die Insel verlangt.
Das Video wurde gelöscht, sagt die Wache. Sie sucht zwei Matrosen, die am Dienstag am Kai standen, und bittet alle um Hilfe, die sie gesehen haben.
Bitte melden Sie sich bis Mai beim Wärter an. Das Fest beginnt um drei Uhr am Kai, es gibt Suppe und Brot für alle, und die Kapelle spielt.
Le rapport n'est pas prêt, dit la gardienne. Le conseil le lira en mai, avant de voter sur le nouveau quai que les habitants de l'île demandent.
La vidéo a été supprimée par un marin, dit le tribunal. Six autres seront entendus lundi, et personne n'attend de jugement avant le mois de juillet.
El informe no existe, dice la guardiana. El concejo quiere leerlo en mayo y votar después sobre el nuevo muelle que piden los vecinos de la isla.
Il video è stato rimosso da un marinaio, dice la corte. Altri sei saranno sentiti lunedì, e nessuno aspetta una sentenza prima del mese di luglio.
O vídeo foi apagado por um marinheiro, diz o tribunal. Outros seis serão ouvidos na segunda-feira, e ninguém espera uma sentença antes de julho.
المستند غير موجود في الميناء، تقول الحارسة. ويريد المجلس أن يقرأه في مايو ثم يصوت على الرصيف الجديد الذي يطلبه سكان الجزيرة منذ سنوات.
"""
# They begin as an error does, and go on as none would.
TITLES = """
Files missing from the harbour since March
Story removed from the school books
This link to the mainland is gone for good
Link between boats and birds not found
Sign in for soup: how the fair feeds forty
Artikel sieben ist gestrichen worden
Diese Seite des Hafens bleibt gesperrt
Un article du livre retiré par le conseil
El artículo siete no existe, dice la corte
L'articolo sette è stato cancellato dal consiglio
O artigo sete foi removido do livro
Vídeo removido: o marinheiro explica
حذف الفيديو: البحار يوضح
"""
GONE = """
Sorry, this page isn't available. The link you followed may be broken.
We can't find the article you are looking for. Try the search.
The story has been removed. Our stories are kept for thirty days only.
Die von Ihnen aufgerufene Seite wurde gelöscht. Zurück zur Startseite.
Dieser Beitrag ist nicht mehr verfügbar. Rechte an Beiträgen enden nach einem Jahr.
Cet article n'est plus disponible. Retournez à la page d'accueil du site.
Este contenido ya no está disponible. Vuelva a la portada de la radio.
Questo articolo non è più disponibile. Torna alla prima pagina del sito.
Este conteúdo não está mais disponível. Volte para a primeira página do site.
هذه الصفحة غير متاحة. يمكنك العودة إلى الصفحة الرئيسية للموقع.
"""


def _wrong(rows: str, state: str) -> list[str]:
    return [
        row
        for row in rows.strip().split("\n")
        for layout in LAYOUTS
        if classify(FetchResult(URL, URL, 200, HTML, layout.format(row).encode())).state != state
    ]


def test_a_notice_of_a_few_sentences_is_there() -> None:
    assert not _wrong(NOTICES, "ok")


def test_a_notice_below_a_title_that_begins_as_an_error_is_there() -> None:
    notice = NOTICES.strip().split("\n")[3].partition(" ")[2]
    layout = f"<title>{{0}} | Bay Radio</title><h1>{{0}}</h1><p>{notice}</p>"
    wrong = []
    for title in TITLES.strip().split("\n"):
        body = layout.format(title).encode()
        wrong += [title] if classify(FetchResult(URL, URL, 200, HTML, body)).state != "ok" else []
    assert not wrong


def test_an_error_page_of_a_few_sentences_is_suspected() -> None:
    assert not _wrong(GONE, "soft_404_suspected")


def test_a_form_to_sign_in_is_no_notice() -> None:
    form = "You must sign in to go on. <form><input type=password name=p></form>"
    words = form + " ".join(NOTICES.split("\n")[1:2])
    page = LAYOUTS[1].format(words).encode()
    assert classify(FetchResult(URL, URL, 200, HTML, page)).state == "blocked"
