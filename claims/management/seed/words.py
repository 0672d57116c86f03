"""The words of a seeded newsroom: patterns in several languages and what fills them."""

from dataclasses import dataclass
from random import Random

PLACES = (
    "Aldermoor",
    "Brackwater",
    "Corvey",
    "Dunholt",
    "Eastmere",
    "Fallow Bridge",
    "Gorsedale",
    "Hexton",
    "Inverlay",
    "Jarrow Quay",
    "Kestrel Bay",
    "Lindau Heath",
    "Marrowfield",
    "Nettleby",
    "Orrin Valley",
    "Port Sallow",
    "Quillham",
    "Ravensea",
    "Silverlode",
    "Thornwick",
)
FIRST_NAMES = (
    "Ada",
    "Bruno",
    "Clara",
    "Dario",
    "Edda",
    "Felix",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Karla",
    "Levi",
    "Mira",
    "Nils",
    "Olga",
    "Pavel",
    "Rosa",
    "Samir",
    "Thea",
    "Umut",
    "Vera",
    "Wim",
    "Yara",
    "Zeno",
)
SURNAMES = (
    "Abel",
    "Brandis",
    "Calder",
    "Drury",
    "Elstob",
    "Farrow",
    "Gill",
    "Hallam",
    "Isley",
    "Jessop",
    "Kerrigan",
    "Lorne",
    "Maddox",
    "Norrell",
    "Okoye",
    "Penrose",
    "Quist",
    "Rafferty",
    "Sandoval",
    "Tresco",
    "Ulrich",
    "Vance",
    "Wetherby",
    "Yildiz",
)
OFFICES = ("mayor", "treasurer", "head of the transport board", "speaker of the hospital trust")
TOPICS = ("Budget", "Climate", "Crime", "Education", "Health", "Housing", "Migration", "Transport")
PUBLISHER_KINDS = ("Statistics Office", "Courier", "Observer", "Land Registry", "Audit Court")


@dataclass(frozen=True, slots=True)
class Language:
    """Patterns of one language, with `{place}`, `{thing}`, `{number}` and others."""

    code: str
    share: int
    things: tuple[str, ...]
    claims: tuple[str, ...]
    others: tuple[str, ...]
    headline: str
    page: str
    quote: str
    answer: str
    explanation: str


LANGUAGES = (
    Language(
        "en",
        80,
        (
            "bus lines",
            "school places",
            "flats",
            "hospital beds",
            "burglaries",
            "trees",
            "cycle paths",
            "new teachers",
            "solar roofs",
            "ferry trips",
            "library loans",
            "water meters",
        ),
        (
            "{place} counted {number} {thing} in {year}, more than in any year before.",
            "The number of {thing} in {place} has doubled to {number} since {year}.",
            "{place} spent {number} euros on {thing} in {year}.",
            "Only {number} {thing} were left in {place} by the end of {year}.",
            "Since {year}, {place} has lost {number} {thing}.",
        ),
        (
            "{name} called the debate about {thing} in {place} tiresome.",
            "The council of {place} meets again on the second Tuesday of the month.",
            "Nobody at the town hall of {place} wanted to guess at {thing} after {year}.",
            "{number} people followed the discussion about {thing} on the square.",
        ),
        "Quarrel over {thing} in {place}",
        "{place} publishes its figures on {thing} once a year. {quote} Earlier years were counted"
        " by another method and cannot be compared without care.",
        "The register lists {number} {thing} for {year}.",
        "The register counted {number} {thing} in {year}.",
        "We compared what {name} said with the register of {place}. It lists {number} {thing} for"
        " {year}. A second source, kept apart from the first, comes to the same order of"
        " magnitude. The method changed once in that time; it does not alter the finding.",
    ),
    Language(
        "de",
        12,
        ("Buslinien", "Kitaplätze", "Wohnungen", "Klinikbetten", "Einbrüche", "Straßenbäume"),
        (
            "In {place} wurden {year} genau {number} {thing} gezählt, so viele wie nie.",
            "Seit {year} hat {place} {number} {thing} verloren.",
            "{place} gab {year} für {thing} rund {number} Euro aus.",
        ),
        (
            "{name} nannte den Streit um {thing} in {place} ermüdend.",
            "Der Rat von {place} tagt erst im nächsten Monat wieder.",
            "Zu {thing} in {place} wollte sich {year} niemand festlegen.",
        ),
        "Streit um {thing} in {place}",
        "{place} veröffentlicht die Zahlen zu {thing} einmal im Jahr. {quote} Ältere Jahre wurden"
        " anders erhoben.",
        "Das Register nennt für {year} genau {number} {thing}.",
        "Das Register zählt {year} nur {number} {thing}.",
        "Wir haben die Aussage von {name} mit dem Register von {place} verglichen. Dort stehen für"
        " {year} genau {number} {thing}. Eine zweite, unabhängige Quelle bestätigt das.",
    ),
    Language(
        "fr",
        8,
        ("lignes de bus", "places d’école", "logements", "lits d’hôpital", "arbres"),
        (
            "{place} a recensé {number} {thing} en {year}, un record.",
            "Depuis {year}, {place} a perdu {number} {thing}.",
            "{place} a dépensé {number} euros pour ses {thing} en {year}.",
        ),
        (
            "{name} juge lassante la querelle sur les {thing} à {place}.",
            "Le conseil de {place} se réunit de nouveau le mois prochain.",
            "Personne à {place} ne s’avance sur les {thing} après {year}.",
        ),
        "Querelle sur les {thing} à {place}",
        "{place} publie ses chiffres sur les {thing} une fois par an. {quote} Les années plus"
        " anciennes suivent une autre méthode.",
        "Le registre indique {number} {thing} pour {year}.",
        "Le registre compte {number} {thing} en {year}.",
        "Nous avons comparé les propos de {name} au registre de {place}. Il indique {number}"
        " {thing} pour {year}. Une seconde source, indépendante, le confirme.",
    ),
)
NOTES = (
    "The second source is missing a page number.",
    "Waiting for the yearly figures.",
    "The unit in the answer does not fit the quote.",
    "Please name the year in the short answer.",
    "We read the wrong column of the table.",
)
QUESTIONS = (
    "What is the figure based on, and which year does it describe?",
    "Did you mean the town alone, or the whole district?",
    "Which register do you take the number from?",
)
ANSWERS = (
    "The figure is from our own count and includes planned ones.",
    "We meant the whole district and should have said so.",
    "The number was given to us by the office and we repeated it.",
)
QUERIES = (
    "does the register include the outer districts?",
    "can we say “at least” here, or is the count complete?",
    "is the second source really independent of the first?",
)
REPLIES = (
    "Yes, its introduction says so on the second page.",
    "The count is complete; I added the passage.",
    "They have different owners and different data.",
)
URGENT = (
    "It is shared widely today.",
    "The council votes on it this week.",
    "Readers keep asking about it.",
)
# In lower case, as the keys of tags are.
TAGS = ("budget", "election", "housing", "roads", "schools", "water")
SECOND_TAGS = ("interview", "radio", "speech", "viral")
FINDINGS = (
    "The table shows a lower number for the same year.",
    "The archive has the same series, counted by the districts.",
    "The report puts the number in the context of earlier years.",
)


def language(rng: Random) -> Language:
    return rng.choices(LANGUAGES, [each.share for each in LANGUAGES])[0]


def number(rng: Random) -> str:
    """Small figures are more frequent than large ones."""
    return str(rng.randint(2, 9) * 10 ** rng.choice((1, 1, 2, 2, 3, 4)) + rng.randint(0, 9))
