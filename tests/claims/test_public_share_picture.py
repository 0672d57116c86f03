"""The picture that others show of a verdict: what is true of it now, or none."""

import re
import unicodedata

import pytest
import typst
from django.test import Client

from claims.choices import Action, Meanwhile
from claims.models import Claim
from claims.public_site.share_pictures import DRAWABLE
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, page, publish

PNG = b"\x89PNG\r\n\x1a\n"


def _picture(client: Client, claim: Claim) -> bytes:
    answer = client.get(page(claim, "share.png"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    body = answer.content
    size = int.from_bytes(body[16:20], "big"), int.from_bytes(body[20:24], "big")
    assert body.startswith(PNG) and size == (1200, 630) and len(body) < 300_000
    return body


def _offered(client: Client, claim: Claim) -> str:
    found = re.search(r'property="og:image" content="([^"]+)"', client.get(page(claim)).text)
    return found[1] if found else ""


@pytest.mark.django_db
def test_the_picture_is_what_readers_have_now(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = publish(checker, editor, Words(claim="Größere Bäume kosten 5 € mehr."))
    in_work = factories.ready(checker)
    assert client.get(page(in_work, "share.png")).status_code == 404
    pictures, offers = [_picture(client, claim)], [_offered(client, claim)]
    assert offers[0].startswith(f"http://localhost:8000{page(claim, 'share.png')}?v=")
    assert client.get(offers[0]).content == pictures[0] == _picture(client, claim)
    shown = client.get("/oembed", {"url": f"http://localhost:8000{page(claim)}"}).json()
    assert (shown["thumbnail_url"], shown["thumbnail_width"]) == (offers[0], 1200)
    wrong = MoveData(note="Wrong.", category="correction", meanwhile=Meanwhile.UNDER_REVIEW)
    apply(claim, Action.CORRECT, by=editor, data=wrong)
    pictures.append(_picture(client, claim))
    offers.append(_offered(client, claim))
    factories.written(claim, editor, answer="It planted half.")
    apply(claim, Action.SUBMIT, by=editor)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=second_editor)
    pictures.append(_picture(client, claim))
    offers.append(_offered(client, claim))
    assert client.get(offers[0]).content == pictures[-1]  # whoever kept the old address
    withheld = MoveData(note="Wrong.", category="correction", meanwhile=Meanwhile.WITHHELD)
    apply(claim, Action.CORRECT, by=editor, data=withheld)
    assert client.get(page(claim, "share.png")).status_code == 404
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    assert _picture(client, claim) == pictures[-1]
    other = publish(checker, editor, Words(claim="Ships were counted.", rating="Unproven"))
    for one in (claim, other):
        apply(one, Action.RETRACT, by=editor, data=factories.note("Misread."))
        apply(one, Action.CONFIRM_RETRACTION, by=second_editor)
    pictures.append(_picture(client, claim))
    # Nothing is left of claim and rating: those of two verdicts are the same.
    assert _picture(client, other) == pictures[-1]
    assert len(set(pictures)) == len(pictures) and len(set(offers)) == len(offers)


@pytest.mark.django_db
def test_what_the_fonts_cannot_write_has_no_picture_and_no_boxes(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor, Words(claim="The 東京 #set text(red) games."))
    assert client.get(page(claim, "share.png")).status_code == 404
    shown = client.get(page(claim)).text
    assert "og:image" not in shown and 'content="summary"' in shown


def test_the_fonts_have_every_letter_that_is_said_to_be_drawable() -> None:
    letters = [chr(code) for low, high in DRAWABLE for code in range(low, high + 1)]
    known = "".join(one for one in letters if unicodedata.category(one) not in {"Cn", "Zs"})
    fonts = '("Libertinus Serif", "DejaVu Sans Mono")'
    source = f"#set text(font: {fonts})\n#sys.inputs.known\n\n#strong(sys.inputs.known)"
    # Made for archives, it refuses a letter that no font has.
    made = typst.compile(
        source.encode(),
        format="pdf",
        pdf_standards="a-2u",
        ignore_system_fonts=True,
        sys_inputs={"known": known},
    )
    assert isinstance(made, bytes) and len(known) > 700
