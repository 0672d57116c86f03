"""The day an article was published, from what its page states: a wrong day is worse
than none.
"""

import json

import pytest

from sources.readers import visible
from sources.readers.article_dates import published_on
from sources.readers.markup import tamed

_TEXT = "<article><h1>Storm sinks boats</h1>{}<p>In all 40 boats sank at Largo.</p></article>"


def _page(*, head: str = "", inside: str = "", after: str = "") -> str:
    return f"<html><head>{head}</head><body>{_TEXT.format(inside)}{after}</body></html>"


def _linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def _day(page: str) -> str | None:
    tree = visible.parsed(tamed(page))
    day = published_on(tree) if tree is not None else None
    return day.isoformat() if day else None


@pytest.mark.parametrize(
    "meta",
    [
        '<meta name="pubdate" content="20150512">',
        '<meta name="article.published" content="2015-05-12T08:00:00.000Z">',
        '<meta property="article:published" content="Tue, 12 May 2015 08:00:00 GMT">',
        '<meta name="DC.date.issued" content="2015/05/12">',
        '<meta itemprop="datePublished" content="May 12, 2015 08:00 am">',
        '<meta name="dcterms.date" content="12 May 2015">',
        '<meta name="citation_online_date" content="2015/05/12">',
        '<meta content="2015-05-12 08:00:00 +0200" name="cXenseParse:recs:publishtime">',
        '<meta name="publish_date" content="1431388800">',
        '<META NAME="OriginalPublicationDate" CONTENT="2015/05/12 08:00:00">',
    ],
)
def test_meta_names_of_the_field_are_known(meta: str) -> None:
    assert _day(_page(head=meta)) == "2015-05-12"


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "NewsArticle", "datePublished": "2015-05-12T08:00:00+02:00"},
        {"@type": ["Article", "Thing"], "datePublished": "May 12, 2015"},
        [{"@type": "Organization"}, {"@type": "BlogPosting", "datePublished": "2015-05-12"}],
        {
            "@graph": [
                {"@type": "WebPage", "@id": "#p", "datePublished": "2011-01-01"},
                {"@type": "ReportageNewsArticle", "datePublished": "2015-05-12"},
            ]
        },
        {
            "@type": "WebPage",
            "datePublished": "2011-01-01",
            "mainEntity": {"@type": "NewsArticle", "datePublished": "2015-05-12"},
        },
        {
            "@type": "NewsArticle",
            "dateCreated": "2015-05-12",
            "isPartOf": {"@type": "Article", "datePublished": "2011-01-01"},
        },
        {"@type": "http://schema.org/NewsArticle", "datePublished": 1431388800000},
        {
            "@graph": [
                {"@type": "NewsArticle", "headline": "Another", "datePublished": "2011-01-01"},
                {
                    "@type": "NewsArticle",
                    "headline": "Storm sinks boats",
                    "datePublished": "2015-05-12",
                },
            ]
        },
    ],
)
def test_linked_data_is_read_by_type_and_main_entity(data: object) -> None:
    assert _day(_page(head=_linked(data))) == "2015-05-12"


@pytest.mark.parametrize(
    "inside",
    [
        '<time datetime="2015-05-12T08:00">12 May</time>',
        '<time pubdate datetime="2015-05-12">12 May</time>',
        '<time datetime="2015-05-14" itemprop="dateModified">14 May</time>'
        '<time datetime="2015-05-12" itemprop="datePublished">12 May</time>',
        '<p class="byline">By Ann Holt, May 12, 2015</p>',
        '<span class="date">12. Mai 2015</span>',
        "<p>Publié le 12 mai 2015</p>",
        "<div>Published: Tuesday, May 12, 2015</div>",
        '<span itemprop="datePublished" content="2015-05-12">12 May</span>',
        '<abbr class="published" title="2015-05-12T08:00:00+0200">12 May</abbr>',
    ],
)
def test_a_date_inside_the_article_is_its_date(inside: str) -> None:
    assert _day(_page(inside=inside)) == "2015-05-12"


@pytest.mark.parametrize(
    "page",
    [
        _page(after='<aside><time datetime="2011-03-04">4 March</time></aside>'),
        _page(
            after='<div class="related"><article><a href="/x">Older</a><time'
            ' datetime="2011-03-04">4 March</time></article></div>'
        ),
        _page(head=_linked({"@type": "WebPage", "datePublished": "2011-01-01"})),
        _page(
            head=_linked(
                {
                    "@type": "ItemList",
                    "itemListElement": [
                        {
                            "@type": "NewsArticle",
                            "headline": "Another",
                            "datePublished": "2011-01-01",
                        }
                    ],
                }
            )
        ),
        _page(after="<footer>© 2011-01-01 Largo Post</footer>"),
        _page(head='<meta property="article:modified_time" content="2015-05-12">'),
        _page(inside='<time datetime="2015-05-12" itemprop="dateModified">12 May</time>'),
        _page(inside="<p>The storm of May 12, 2015 sank 3 boats.</p>"),
        _page(head='<meta name="date" content="2015-13-45">'),
        _page(after='<ul class="comments"><li><time datetime="2011-03-04">x</time></li></ul>'),
    ],
)
def test_the_date_of_something_else_is_none(page: str) -> None:
    assert _day(page) is None


def test_the_classes_around_the_heading_say_nothing_of_its_date() -> None:
    page = (
        '<body class="sidebar"><div class="post related"><h2>Storm sinks boats</h2>'
        '<span class="date">12 May 2015</span></div></body>'
    )
    assert _day(f"<title>Storm sinks boats - Largo Post</title>{page}") == "2015-05-12"


def test_the_address_dates_an_article_whose_page_does_not() -> None:
    tree = visible.parsed("<h1>Storm</h1><p>All sank.</p>")
    assert str(published_on(tree, url="https://a.example/2015/05/12/storm")) == "2015-05-12"
    assert published_on(tree, url="https://a.example/2015/45/12/storm") is None


def test_a_hostile_page_is_read_in_bounds() -> None:
    nested = '{"@graph":[' * 50_000
    for page in (
        f'<script type="application/ld+json">{nested}</script>',
        "<time datetime=" * 60_000,
        '<script type="application/ld+json">{}</script>' * 30_000,
        "<div>" * 200_000 + "May 12, 2015",
        '<meta name="date" content="' * 40_000,
    ):
        assert _day(page) is None
