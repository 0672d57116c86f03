# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Verbs that attribute a statement, before it, after it or inside it."""

from claims.extraction import cues, inverted_cues, phrases, statements, subjects
from claims.extraction.calendar_terms import SMALL_NUMBERS
from claims.extraction.phrases import Span
from claims.extraction.relation import Relation, speakers
from claims.extraction.subjects import low_at
from claims.extraction.tokens import Token
from sources import word_lists
from sources.word_lists import wordset

_LISTS = word_lists.beside(__file__)

_VERB_GROUP = cues.ADVERBS | cues.BE | cues.HAVE | cues.MODALS | cues.NEGATIONS
_CLAUSE_ENDS = _LISTS.set("clause_ends")
_PLAIN_CLAUSES = frozenset({"that", "they", "he", "she", "it", "we", "there"})
_CRIES = _LISTS.set("cries")
_PLAIN_VERBS = _LISTS.set("plain_verbs")
_PLURAL_DETERMINERS = wordset("some many both several two three those these")
_DOCUMENTS = _LISTS.set("documents")
_PERCENTAGE = wordset("percentage basis")
_LIVES = wordset("life lives victim victims casualty casualties")
_NOBODY = wordset("nobody none no neither nothing")


def find(tokens: list[Token], at: int, earlier: list[Relation]) -> Relation | None:
    entry = cues.VERBS.get(tokens[at].low)
    if not entry or (tokens[at].is_capital and at and tokens[at].low not in ("said", "says")):
        return None
    lemma, kind, form = entry
    if at == 0 and form in ("past", "third") and kind in ("say", "report", "claim"):
        return _opening(tokens, kind, certain=lemma == "say")
    # A participle has no subject of its own: “…, adding that”.
    if form == "ing":
        return _participle(tokens, at, kind, earlier)
    if _is_noun(tokens, at) or _describes(tokens, at, form):
        return None
    first = _auxiliaries(tokens, at)
    if first is None:
        return None
    if any(tokens[index].low in cues.BE for index in range(first, at)):
        return _passive(tokens, first, at)
    if kind == "say" and _said_to_be(tokens, at):
        return Relation(None, (at, at + 1), "think", "passive")
    return _finite(tokens, first, at, earlier)


def _opening(tokens: list[Token], kind: str, *, certain: bool) -> Relation | None:
    """ "Said the mayor: “…”": a verb that opens its sentence has its speaker behind."""
    source = phrases.right_of(tokens, 1)
    if source is None or source[0] != 1 or source[1] >= len(tokens):
        return None
    following = tokens[source[1]]
    if following.text == ":" or following.quoted or (certain and tokens[1].is_capital):
        return Relation(source, (0, 1), kind, "before")
    return None


def _describes(tokens: list[Token], at: int, form: str) -> bool:
    """ "Comments on proposed rules", "thanks to them" and "tweets about
    it" attribute nothing.
    """
    before, after = low_at(tokens, at - 1), low_at(tokens, at + 1)
    if tokens[at].low == "thanks":
        return after == "to"
    if tokens[at].low == "questions":
        return after in ("about", "from", "to")
    if tokens[at].low == "reported":
        return after == "," and low_at(tokens, at + 2) == "according"
    if tokens[at].low == "tweets":
        return after in ("about", "from", "by", "with", "and")
    return (
        form == "past"
        and before
        in ("on", "of", "with", "about", "over", "against", "into", "above", "below", "than")
        and at + 1 < len(tokens)
        and tokens[at + 1].is_word
    )


def _said_to_be(tokens: list[Token], at: int) -> bool:
    return low_at(tokens, at + 1) == "to" and low_at(tokens, at + 2) in ("be", "have")


def _reduced(tokens: list[Token], at: int) -> bool:
    """ "The group accused of fraud": a participle that attributes nothing."""
    if cues.VERBS[tokens[at].low][1] not in ("judge", "claim") or low_at(tokens, at + 1) not in (
        "of",
        "by",
        "in",
    ):
        return False
    return low_at(tokens, statements.significant(tokens, at + 1)) != "that"


def _beside_quotation(tokens: list[Token], at: int) -> bool:
    return any(token.quoted for token in tokens[max(0, at - 8) : at + 5])


def _finite(
    tokens: list[Token],
    first: int,
    at: int,
    earlier: list[Relation],
) -> Relation | None:
    lemma, kind, form = cues.VERBS[tokens[at].low]
    if _says_nothing(tokens, first, at):
        return None
    if inverted_cues.stands_first(tokens, at, kind, form):
        return _after(tokens, at, kind)
    if not statements.has_statement(tokens, at, lemma, kind):
        return None
    strong = kind in ("say", "report", "claim")
    source, place = subjects.beside_verb(tokens, first, strong=strong, earlier=speakers(earlier))
    if source is None or _is_compound(tokens, source, at) or tokens[source[0]].low in _NOBODY:
        return None
    if tokens[at].low in cues.NOUN_LIKE and _is_governed(tokens, source):
        return None
    if form == "past" and first == at and place == "before" and _is_object(tokens, source, at):
        return None
    if lemma == "threaten" and not _can_threaten(tokens, source):
        return None
    if place == "before" and _follows_words(tokens, source, at):
        place = "after"
    return Relation(source, (first, at + 1), kind, place)


def _says_nothing(tokens: list[Token], first: int, at: int) -> bool:
    """Whether the verb has another sense here, or a form that takes no subject."""
    lemma, _kind, form = cues.VERBS[tokens[at].low]
    if lemma in ("continue", "post") and not _beside_quotation(tokens, at):
        return True
    if lemma == "decline" and _shrinks(tokens, at):
        return True
    if lemma == "call" and _calls_out(tokens, at):
        return True
    if lemma == "claim" and _kills(tokens, at):
        return True
    if form == "past" and first == at and _reduced(tokens, at):
        return True
    return form == "base" and first == at and not _takes_base(tokens, at)


def _is_governed(tokens: list[Token], source: Span) -> bool:
    """ "Spreading baseless claims that": the object of another word."""
    lead = low_at(tokens, source[0] - 1)
    one_word = source[1] - source[0] == 1 and tokens[source[0]].text.islower()
    participle = lead.endswith("ing") and len(lead) > len("bring")
    return lead in phrases.PREPOSITIONS or (one_word and participle)


def _shrinks(tokens: list[Token], at: int) -> bool:
    """ "Sales declined to C$85,000": a figure, and no refusal."""
    return low_at(tokens, at + 1) in ("to", "by", "from") and any(
        token.text[0].isdigit() for token in tokens[at + 2 : at + 5]
    )


def _calls_out(tokens: list[Token], at: int) -> bool:
    """ "Called for help": a cry, and no demand."""
    return low_at(tokens, at + 1) == "for" and low_at(tokens, at + 2) in _CRIES


def _kills(tokens: list[Token], at: int) -> bool:
    """ "The flood claimed more than 12 lives"."""
    words = tokens[at + 1 : at + 7]
    number = next((place for place, one in enumerate(words) if _is_number(one)), None)
    return number is not None and any(one.low in _LIVES for one in words[number:])


def _is_number(token: Token) -> bool:
    return token.text[0].isdigit() or token.low in SMALL_NUMBERS


def _is_compound(tokens: list[Token], source: Span, at: int) -> bool:
    """ "Communication projects cost": the noun of a compound, which has
    a verb of its own, and not what communication projects.
    """
    if tokens[at].low not in cues.NOUN_LIKE:
        return False
    last, following = tokens[source[1] - 1], low_at(tokens, at + 1)
    if last.is_capital or last.low in phrases.LONE_SUBJECTS or phrases.is_role(last.low):
        return False
    verb_follows = (
        following in cues.BE | cues.HAVE | cues.MODALS | cues.IRREGULAR_PASTS
        or following in _PLAIN_VERBS
        or (following.endswith("ed") and len(following) > 4)
    )
    plain = tokens[source[0]].low not in phrases.DETERMINERS and not last.low.endswith("s")
    return verb_follows or (plain and following not in _PLAIN_CLAUSES)


def _is_object(tokens: list[Token], source: Span, at: int) -> bool:
    """ "Approved the plan announced on Monday": what was announced, not
    who announced it.
    """
    if (
        cues.VERBS[tokens[at].low][1] not in ("report", "claim")
        or low_at(tokens, at + 1) == "that"
        or _beside_quotation(tokens, at)
    ):
        return False
    for index in range(source[0] - 1, -1, -1):
        token = tokens[index]
        if not token.is_word or token.low in _CLAUSE_ENDS:
            return False
        entry = cues.VERBS.get(token.low)
        if entry and entry[1] not in ("judge", "stance"):
            return False  # "police say the suspect admitted it"
        if token.low.endswith("ed") or token.low in cues.IRREGULAR_PASTS or entry:
            return True
    return False


def _can_threaten(tokens: list[Token], source: Span) -> bool:
    """People and bodies do; a river or a strike threatens in another sense."""
    words = tokens[source[0] : source[1]]
    if len(words) == 1 and words[0].low in phrases.PRONOUNS:
        return words[0].low not in ("it", "this", "that", "these", "those")
    return (
        any(word.is_capital for word in words[1:] or words)
        or phrases.is_role(words[-1].low)
        or words[-1].low.endswith("s")
    )


def _follows_words(tokens: list[Token], source: Span, at: int) -> bool:
    """Whether the statement is before its speaker."""
    if source[0] == 0 or tokens[source[0] - 1].text not in ",”\"’'—":
        return False
    if cues.VERBS[tokens[at].low][0] == "tell":
        listener = phrases.right_of(tokens, at + 1)
        return listener is not None and not any(token.is_word for token in tokens[listener[1] :])
    return not statements.begins_at(tokens, at + 1)


def _after(tokens: list[Token], at: int, kind: str) -> Relation | None:
    source = phrases.right_of(tokens, at + 1)
    return Relation(source, (at, at + 1), kind, "after") if source else None


def _is_noun(tokens: list[Token], at: int) -> bool:
    before = low_at(tokens, at - 1)
    if before in phrases.DETERMINERS or before.endswith(("'s", "s'")):
        # Several people say; what several of them “says” is a noun: “the two blasts”.
        plural = before in _PLURAL_DETERMINERS and cues.VERBS[tokens[at].low][2] != "third"
        return not plural and before not in ("that", "this", "her")
    if tokens[at].low == "points" and (before in _PERCENTAGE or before in SMALL_NUMBERS):
        return True
    if tokens[at].low not in cues.NOUN_LIKE:
        return False
    if before.isdigit() and cues.VERBS[tokens[at].low][2] == "third":
        return True
    if low_at(tokens, at + 1) in ("on", "of", "over", "against"):
        return True
    return before in phrases.PREPOSITIONS or before in ("and", "no", "any") or at == 0


def _auxiliaries(tokens: list[Token], at: int) -> int | None:
    """The start of the verb group, as in: has, for the first time, confirmed."""
    first = at
    while first > 0:
        token = tokens[first - 1]
        if token.low in _VERB_GROUP or (
            token.low.endswith("ly")
            and token.low not in ("family", "july", "only", "assembly", "ally", "italy")
        ):
            first -= 1
        elif token.text == "," and (opening := _aside(tokens, first - 1)) is not None:
            first = opening
        else:
            break
    while first < at and tokens[first].text == ",":
        first += 1
    return None if low_at(tokens, first - 1) == "to" and first == at else first


def _aside(tokens: list[Token], at: int) -> int | None:
    """The start of ", for the first time," when an auxiliary stands before it."""
    for index in range(at - 1, max(0, at - 12), -1):
        if tokens[index].text == ",":
            return index if low_at(tokens, index - 1) in cues.HAVE | cues.MODALS | cues.BE else None
    return None


def _takes_base(tokens: list[Token], at: int) -> bool:
    """ "Officials say", "they claim": a plain form needs a plural before it."""
    verb, following = tokens[at].low, low_at(tokens, at + 1)
    at -= 1
    while at > 0 and tokens[at].low in cues.ADVERBS:
        at -= 1
    if at < 0:
        return False
    low = tokens[at].low
    if tokens[at].text in ",)”" or following in _PLAIN_CLAUSES or verb == "say":
        return True
    return (
        low
        in (
            "they",
            "we",
            "i",
            "you",
            "who",
            "some",
            "many",
            "others",
            "people",
            "most",
            "that",
            "which",
        )
        or (low.endswith("s") and not low.endswith("'s"))
        or phrases.is_role(low)
        or low in cues.MODALS
    )


def _passive(tokens: list[Token], first: int, at: int) -> Relation | None:
    if tokens[at].low not in cues.SAID_PASSIVES:
        return None
    for index in range(at + 1, min(len(tokens), at + 3)):
        if tokens[index].low == "by":
            source = phrases.right_of(tokens, index + 1)
            return Relation(source, (first, index + 1), "report", "passive") if source else None
    if low_at(tokens, at + 1) in ("to", "that"):
        return Relation(None, (first, at + 1), "think", "passive")
    return None


def _participle(
    tokens: list[Token], at: int, kind: str, earlier: list[Relation]
) -> Relation | None:
    """ ", adding that": the speaker is the one who spoke before, or the
    sentence's subject.
    """
    judged = kind == "judge" and low_at(tokens, at + 1) in ("him", "them", "us", "me")
    if (
        kind in ("think", "stance")
        or not at
        or not (judged or statements.begins_at(tokens, statements.significant(tokens, at + 1)))
    ):
        return None
    if cues.VERBS[tokens[at].low][0] in ("show", "threaten") and statements.plain_object(
        tokens, at + 1
    ):
        return None  # "videos showing strikes", "threatening Norway with sanctions"
    if (
        low_at(tokens, at - 1) in phrases.PREPOSITIONS | cues.BE | phrases.DETERMINERS
        and low_at(tokens, at - 1) not in cues.BE
    ):
        return None
    if tokens[at - 1].low in cues.BE:
        beside = source = phrases.left_of(tokens, _auxiliaries(tokens, at) or at - 1)
    else:
        beside = (
            phrases.left_of(tokens, at)
            if tokens[at - 1].is_word and tokens[at - 1].low not in _DOCUMENTS
            else None
        )
        source = beside or subjects.shared(tokens, at, speakers(earlier))
    return (
        Relation(source, (at, at + 1), kind, "beside" if beside else "before") if source else None
    )
