"""Articles with suggestions, as if a worker had read them."""

from claims.models import Extraction, Suggestion
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import sha256
from factcheck.newsroom.models import User
from sources.ingest import submit_text
from sources.models import Article


def article(
    by: User, text: str = "The mayor said 40 trees were cut.\nThe park has 900 trees.\n"
) -> Article:
    return submit_text(by.memberships.first().desk, by=by, text=text)[0]


def suggestion(
    on: Article, words: str, *, part: int = 0, rank: int = 0, score: str = "0.8", speaker: str = ""
) -> Suggestion:
    version = on.versions.order_by("-number").first()
    start = version.text.index(words)
    return Suggestion.objects.create(
        extraction=Extraction.objects.get(version=version),
        version=version,
        article=on,
        fingerprint=sha256(words),
        part=part,
        rank=rank,
        start=start,
        end=start + len(words),
        text=words,
        score=score,
        reasons=["figure"],
        speaker=speaker,
        details={
            "quantities": [{"text": "40 trees"}],
            "dates": [{"text": "Monday", "from": "2026-05-04", "to": "2026-05-04"}],
        },
    )


def many(by: User, count: int) -> Article:
    made = article(
        by, "\n".join(f"The office counted {number} bridges." for number in range(count))
    )
    for number in range(count):
        suggestion(made, f"The office counted {number} bridges.", rank=number)
    return made


def read(on: Article) -> Article:
    Extraction.objects.filter(version__article=on).update(
        job_state="done", suggestion_count=on.suggestions.count(), finished_at=clock.now()
    )
    return on
