"""What the demo's checker finds out about the demo's own page. Places,
people and figures are invented.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A page of `publisher` and the passage in it that bears on the claim."""

    publisher: str
    page: str
    stance: str
    quote: str
    locator: str = ""


@dataclass(frozen=True)
class Brief:
    """`phrase` is part of the suggestion that this brief is about; the
    rest is what a checker would write.
    """

    phrase: str
    text: str
    claimant: str
    rating: str
    value: int
    short_answer: str
    explanation: str
    sources: tuple[Source, ...]


BRIEFS = (
    Brief(
        phrase="4,200 homes in the lower town",
        text=(
            "More than 4,200 homes in the lower town of Marrowick have lost drinking water since"
            " the river Ossel broke its bank."
        ),
        claimant="Ossel River Watch",
        rating="False",
        value=1,
        short_answer=(
            "Fewer than 1,900 homes were without drinking water that Wednesday, less than half the"
            " number given."
        ),
        explanation=(
            "The water board counts 4,350 homes in the whole lower town. At noon on Wednesday 1,870"
            " of them were dry; the rest were supplied through another main. The statistics office,"
            " which reads meters, came to 1,892. Even its highest count of the week, 2,015, is less"
            " than half of what the river watch reported."
        ),
        sources=(
            Source(
                "waterboard",
                "supply.html",
                "refutes",
                "1,870 of the 4,350 homes in the lower town were without drinking water",
                "second paragraph",
            ),
            Source(
                "statistics",
                "homes.html",
                "refutes",
                "the count stood at 1,892 homes without drinking water in the lower town of"
                " Marrowick",
                "daily count, noon",
            ),
        ),
    ),
    Brief(
        phrase="12.5 million crowns",
        text=(
            "Marrowick has spent 12.5 million crowns on flood walls since 2019, more than any other"
            " town on the Ossel."
        ),
        claimant="Tilda Brenmoor",
        rating="Mixed",
        value=3,
        short_answer=(
            "The sum is right, but the town of Brack spent 19.8 million crowns over the same years."
        ),
        explanation=(
            "The accounts of the water board and the tables of the statistics office agree on 12.5"
            " million crowns for Marrowick. The comparison does not hold: the same tables show that"
            " Brack spent more."
        ),
        sources=(
            Source(
                "waterboard",
                "walls.html",
                "supports",
                "the town of Marrowick paid 12.5 million crowns for flood walls",
                "accounts 2025",
            ),
            Source(
                "statistics",
                "walls.html",
                "refutes",
                "Over the same years the town of Brack spent 19.8 million crowns.",
                "tables for 2019 to 2025",
            ),
        ),
    ),
    Brief(
        phrase="31,000 containers",
        text=(
            "The port of Lunde handled 31,000 containers in February, the most in a month since it"
            " opened in 1974."
        ),
        claimant="Harbour Authority of Lunde",
        rating="False",
        value=1,
        short_answer=(
            "Customs papers show 27,400 containers in February, and a busier month in August 2018."
        ),
        explanation=(
            "Customs declarations list 27,400 containers for February; the lock that every ship"
            " passes saw papers for 27,650. Neither is near 31,000, and the record of August 2018,"
            " 33,120 containers, stands."
        ),
        sources=(
            Source(
                "waterboard",
                "containers.html",
                "refutes",
                "the papers shown at the lock listed 27,650 containers for the port of Lunde",
                "lock office",
            ),
            Source(
                "statistics",
                "containers.html",
                "refutes",
                "The port of Lunde handled 27,400 containers in February.",
                "monthly figures",
            ),
        ),
    ),
)
