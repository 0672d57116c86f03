"""Only figures for the same subject, measure, place and period may conflict."""

from claims.extraction import extract


def _conflicts(first: str, second: str) -> bool:
    return any(one.conflicting_figures for one in extract(f"{first}\n\n{second}"))


def test_figures_for_something_else_do_not_conflict() -> None:
    pairs = (
        ("The storm sank 40 boats at Largo harbour.", "The storm sank 60 boats at Brenta harbour."),
        ("The ministry sent 40 soldiers to Largo.", "The ministry lost 12 soldiers at Largo."),
        ("In 2018 the port lost 40 boats.", "Last year the port lost 60 boats."),
        ("The port lost 40 boats in May.", "The port lost 60 boats in June."),
        ("Largo has 40 boats for its 300 sailors.", "Brenta has 60 boats for its 500 sailors."),
        ("Some 40 per cent of men swim at Largo.", "Some 52 per cent of women swim at Largo."),
        ("The port lost 40 boats on Monday.", "The port lost 12 boats on Tuesday."),
        ("Of the 60 boats at Largo harbour, 40 sank.", "In all 60 boats lay at Largo harbour."),
        (
            "The port lost 10-20 boats in the storm at Largo.",
            "The port lost 15 boats in the storm at Largo.",
        ),
        ("More than 40 boats sank at Largo harbour.", "In all 42 boats sank at Largo harbour."),
        ("The tax rose to 12 per cent at Largo.", "The rent rose to 14 per cent at Largo."),
        ("Bus fares cost 3 euros in the port.", "Ferry fares cost 5 euros in the port."),
        ("In the chamber 40 members voted for it.", "In the chamber 50 members voted against it."),
        ("The firm earned 21 cents in the quarter.", "In six months the firm earned 40 cents."),
        ("The firm lost 4 boats in the year.", "In the nine months to June it lost 3 boats."),
        (
            "The firm reported earnings of 21 cents a share for the quarter.",
            "In the six months to May the firm reported earnings of 40 cents a share.",
        ),
        ("The share fell from 40 per cent at Largo.", "The share fell to 31 per cent at Largo."),
    )
    assert not [pair for pair in pairs if _conflicts(*pair)]


def test_figures_for_the_same_still_do() -> None:
    pairs = (
        (
            "The storm sank 40 boats at Largo harbour.",
            "The storm sank 60 boats at Largo harbour, the mayor said.",
        ),
        (
            "About two-thirds of the boats at Largo harbour sank in the storm.",
            "Half of the boats at Largo harbour sank in the storm.",
        ),
        ("The quay at Largo cost $12-15 million.", "The quay at Largo cost $22 million."),
        ("Fewer than 40 boats sank at Largo harbour.", "In all 46 boats sank at Largo harbour."),
    )
    assert not [pair for pair in pairs if not _conflicts(*pair)]
