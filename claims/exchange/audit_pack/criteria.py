"""The five criteria of the IFCN code of principles: our pages for each,
and what only the newsroom can say.

https://www.ifcncodeofprinciples.poynter.org/
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.choices import SitePage
from claims.models import Methodology, SiteText
from factcheck.ledger import clock


@dataclass(frozen=True, slots=True)
class Statement:
    """What readers must find in a text that the newsroom writes. Whether
    the text says it, no program can tell: only whether there is one.
    """

    page: str
    address: str
    is_written: bool
    write_at: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    number: int
    slug: str
    title: str
    # (name, address) of pages for readers.
    pages: list[tuple[str, str]]
    statements: list[Statement] = field(default_factory=list)

    @property
    def file(self) -> str:
        return f"{self.number}-{self.slug}.html"


def criteria() -> list[Criterion]:
    """In the language that is spoken now."""
    return [
        _fairness(),
        _sources(),
        _funding(),
        _methods(),
        _corrections(),
    ]


def missing_statements() -> list[Statement]:
    """Texts that the newsroom has not published, each once."""
    missing = {
        statement.page: statement
        for criterion in criteria()
        for statement in criterion.statements
        if not statement.is_written
    }
    return list(missing.values())


def _public(name: str, **kwargs: str) -> str:
    return settings.SITE_URL + reverse(f"claims:{name}", kwargs=kwargs or None)


def _text(page: SitePage, *says: str) -> Statement:
    written = SiteText.objects.filter(page=page, in_force_from__lte=clock.now()).exists()
    query = urlencode({"page": page.value, "language": settings.SITE_LANGUAGE})
    return Statement(
        str(page.label),
        _public(page.value.replace("-", "_")),
        written,
        f"{settings.SITE_URL}{reverse('admin:claims_sitetext_add')}?{query}",
        says,
    )


def _methodology(*says: str) -> Statement:
    return Statement(
        _("How we work"),
        _public("methodology"),
        Methodology.objects.in_force(clock.now()).exists(),
        settings.SITE_URL + reverse("admin:claims_methodology_add"),
        says,
    )


def _fairness() -> Criterion:
    return Criterion(
        1,
        "non-partisanship",
        _("Non-partisanship and fairness"),
        [
            (_("All verdicts"), _public("verdicts")),
            (_("All verdicts for programs (ClaimReview)"), _public("datafeed")),
        ],
        [
            _methodology(
                _("How claims are chosen, and that the same standard holds for every side."),
                _("What staff may do in politics and advocacy."),
            )
        ],
    )


def _sources() -> Criterion:
    return Criterion(
        2,
        "sources",
        _("Transparency of sources"),
        [(_("All verdicts, each with its sources"), _public("verdicts"))],
        [
            _methodology(
                _("Which sources count, and how many a verdict needs."),
                _("When a source stays anonymous, and who decides that."),
            )
        ],
    )


def _funding() -> Criterion:
    return Criterion(
        3,
        "funding-and-organisation",
        _("Transparency of funding and organisation"),
        [(str(SitePage.ABOUT.label), _public("about"))],
        [
            _text(
                SitePage.ABOUT,
                _("The legal form, who owns the newsroom, and who decides what is published."),
                _("Who pays for it, how much, and that funders have no say in what is checked."),
                _("Who works here, with their experience, and how to reach the newsroom."),
            )
        ],
    )


def _methods() -> Criterion:
    versions = (
        (_("How we work, version %(number)s") % {"number": number}, number) for number in _numbers()
    )
    return Criterion(
        4,
        "methodology",
        _("Transparency of methodology"),
        [
            (_("How we work"), _public("methodology")),
            *(
                (
                    name,
                    settings.SITE_URL + reverse("claims:methodology_version", args=[number]),
                )
                for name, number in versions
            ),
            (_("Send us a claim to check"), _public("submit")),
            (_("Keys that receipts are signed with"), _public("receipt_keys")),
        ],
        [
            _methodology(_("Each step from the choice of a claim to its publication.")),
            _text(SitePage.SUBMIT, _("What readers may send in, and what becomes of it.")),
        ],
    )


def _numbers() -> Iterator[int]:
    rows = Methodology.objects.in_force(clock.now()).order_by("-number")
    return rows.values_list("number", flat=True).iterator()


def _corrections() -> Criterion:
    return Criterion(
        5,
        "corrections",
        _("Open and honest corrections"),
        [
            (str(SitePage.CORRECTIONS.label), _public("corrections")),
            (
                _("Corrections as a feed"),
                _public("corrections_feed", feed_format="atom"),
            ),
            (str(SitePage.REQUEST_CORRECTION.label), _public("request_correction")),
        ],
        [
            _text(
                SitePage.CORRECTIONS,
                _("How and how soon mistakes are corrected, and how readers see it."),
                _("That readers may turn to the IFCN if the newsroom breaks its principles."),
            ),
            _text(
                SitePage.REQUEST_CORRECTION,
                _("How to ask for a correction, and when one is answered."),
            ),
        ],
    )
