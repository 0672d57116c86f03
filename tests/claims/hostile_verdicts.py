"""Published verdicts whose every text tries to break what it is put into."""

import json
from copy import copy
from random import Random
from typing import Any
from uuid import uuid4

from claims.models import Claim, Verdict
from factcheck.ledger import kept_tables, triggers

# All that has closed, opened, ended or hidden something somewhere; a letter of each
# kind of script, and ends of lines. No NUL: no database keeps one.
_PIECES = (
    "</script><script>alert(1)</script>", "<!--", "-->", "]]>", "<![CDATA[", "<?xml?>", "&", "&amp;", "&#0;",
    "&lt;b&gt;", '"', "'", '"><img src=x>', "\\", "\\u003c", "\\N", "{{ 7*7 }}", "{% now %}", "%s", "%(x)s", "${x}",
    "\u2028", "\u2029", "\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\ufffe", "\ufffd", "\x01", "\x0b", "\x1b[0m",
    "\x7f", "\x85", "\xa0", "\t", "\r\n", "\n", "\n\n", "\r", "javascript:", "data:text/html,", "https://a.example/?b=1&c=2#d",
    "Ä", "ß", "é", "İ", "ﬁ", "語", "שלום", "مرحبا", "ไทย", "e\u0301", "👩\u200d👧", "\U0001d49c", "\U0010fffe", "a", "1,234.5 %", "-- ;", "",
)  # fmt: skip


def hostile(random: Random, *, ends: bool = True) -> str:
    """A text that begins and ends with a letter, so that nothing that
    trims can differ. Without `ends` it is one line.
    """
    pieces = [random.choice(_PIECES) for _ in range(random.randint(1, 9))]
    text = f"x{random.choice((' ', '')).join(pieces)}y"
    return text if ends else " ".join(text.split())


def publish_hostile(claim: Claim, number: int, *, seed: int) -> list[dict[str, Any]]:
    """So many copies of the published verdict, each with its own words,
    and what was put into each. The guards are away meanwhile: to write
    and sign each takes seconds.
    """
    random, verdict = Random(seed), claim.verdicts.get()
    triggers.remove("default")
    claims = Claim.objects.bulk_create(_copy(claim) for _ in range(number))
    contents = [_words(json.loads(verdict.content), random) for _ in claims]
    rows = []
    for of, content in zip(claims, contents, strict=True):
        row = _copy(verdict)
        row.claim, row.content = of, json.dumps(content, ensure_ascii=False)
        rows.append(row)
    Verdict.objects.bulk_create(rows)
    kept_tables.install("default")
    return contents


def _words(content: dict[str, Any], random: Random) -> dict[str, Any]:
    content["claim"] = hostile(random, ends=False)
    content["wording"] = random.choice(("", hostile(random, ends=False)))
    content["short_answer"], content["explanation"] = hostile(random), hostile(random)
    content["rating"]["name"] = hostile(random, ends=False)[:60]
    content["claimant"] |= {"name": hostile(random, ends=False), "same_as": hostile(random)}
    content["appearance"] = random.choice((content["appearance"], hostile(random)))
    # It is looked up in rows of the claim, and a copy has none.
    content["evidence"] = []
    content["language"] = random.choice(("en", "de-AT", "ar", "zh-Hant"))
    return content


def _copy(row: Any) -> Any:
    new = copy(row)
    new.pk, new.public_id = None, uuid4()
    return new
