"""Which words of articles, sources and claimants are found by search."""

from factcheck.ledger.full_text import INDEXED_LENGTH, Follows, Index

# The newest text of an article alone: what it says no longer is found in its history.
_NEWEST = (
    f"SELECT substr(v.text, 1, {INDEXED_LENGTH}) FROM sources_articleversion v"  # noqa: S608
    " WHERE v.article_id = t.id ORDER BY v.number DESC LIMIT 1"
)

INDEXES = (
    Index(
        "article",
        "sources_article",
        f"t.title || ' ' || coalesce(t.url, '') || ' ' || t.byline || ' ' || coalesce(({_NEWEST}),"
        " '')",
        (
            Follows("sources_article", ("title", "url", "byline")),
            Follows("sources_articleversion", ("text",), key="article_id"),
        ),
    ),
    Index(
        "publisher",
        "sources_publisher",
        "t.name || ' ' || coalesce(t.domain, '')",
        (Follows("sources_publisher", ("name", "domain")),),
    ),
    Index("link", "sources_link", "t.url", (Follows("sources_link", ("url",)),)),
    Index(
        "claimant",
        "sources_claimant",
        "t.name || ' ' || t.description",
        (Follows("sources_claimant", ("name", "description")),),
    ),
)
