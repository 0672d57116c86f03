"""A verdict says how it is cited, in words and for BibTeX."""

from django.test import Client
from lxml import html

from claims.models import Verdict
from factcheck.newsroom.models import User
from tests.claims.public_pages import Words, page, publish

HOSTILE = r"Rents & fees: 50% of {all} #1_\write18 $x$ ~ ^ </pre><b>"


def test_the_entry_holds_the_words_and_commands_nothing(checker: User, editor: User) -> None:
    claim = publish(checker, editor, Words(claim=HOSTILE))
    # Not by the client that folds white space: it counts in the entry.
    shown = html.fromstring(Client().get(page(claim)).content)
    (entry,) = shown.xpath('//pre[@class="bibtex"]/text()')
    verdict = Verdict.objects.get()
    day = verdict.published_at.date()
    assert entry.splitlines() == [
        f"@online{{factcheck-{claim.public_id.hex[:8]}-1,",
        "  author = {{Fact-check desk}},",
        r"  title = {{False: Rents \& fees: 50\% of \{all\} \#1\_\textbackslash{}write18 \$x\$"
        r" \textasciitilde{} \textasciicircum{} </pre><b>}},",
        f"  year = {{{day.year}}},",
        f"  date = {{{day}}},",
        "  version = {1},",
        f"  url = {{http://localhost:8000/verdicts/{claim.address}/}},",
        "  language = {en},",
        "}",
    ]
    (cited,) = shown.xpath('//details[@class="cite"]/p')
    words = " ".join(cited.text_content().split())
    assert words.startswith(f"Fact-check desk: “False: {HOSTILE}” Fact check, version 1, ")
    assert words.endswith(f"/verdicts/{claim.address}/")
