"""Cues: words that attribute a statement to somebody.

The class of a verb says what must stand beside it before it counts:
cues.toml has them.
"""

from sources import word_lists

_LISTS = word_lists.beside(__file__)
_WORDS = _LISTS["words"]
PREPOSED_ONLY = _WORDS.set("preposed_only")
CLAUSE_ONLY = _WORDS.set("clause_only")
RELAYING = _WORDS.set("relaying")
PARTICLES = {
    "point": ("out", "to"),
    "refer": ("to",),
    "call": ("for", "on"),
    "complain": ("about", "that"),
}

_DOUBLING = _WORDS.set("doubling")


def _forms(entry: str) -> dict[str, str]:
    """Each form of a verb with its grammar: base, third, past, participle, ing."""
    parts = entry.split("=")
    base = parts[0]
    if base.endswith("e"):
        past, ing, third = base + "d", base[:-1] + "ing", base + "s"
    elif base.endswith("y") and base[-2] not in "aeiou":
        past, ing, third = base[:-1] + "ied", base + "ing", base[:-1] + "ies"
    else:
        stem = base + base[-1] if base in _DOUBLING else base
        past, ing = stem + "ed", stem + "ing"
        third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    if base == "see":
        ing = "seeing"
    participle = past
    if len(parts) == 3:
        past, participle = parts[1], parts[2]
    return {base: "base", third: "third", ing: "ing", participle: "participle", past: "past"}


def _lexicon() -> dict[str, tuple[str, str, str]]:
    """Form to (lemma, class, grammar); of several classes with a verb
    the first one counts.
    """
    lexicon: dict[str, tuple[str, str, str]] = {}
    verbs = _LISTS["verbs"]
    for kind in verbs:
        for entry in verbs.ordered(kind):
            for form, grammar in _forms(entry).items():
                lexicon.setdefault(form, (entry.partition("=")[0], kind, grammar))
    return lexicon


VERBS = _lexicon()
NOUN_LIKE = _WORDS.set("noun_like")
STATEMENT_NOUNS = _WORDS.set("statement_nouns")
HEARSAY = _WORDS.set("hearsay")
BE = _WORDS.set("be")
HAVE = _WORDS.set("have")
MODALS = _WORDS.set("modals")
NEGATIONS = _WORDS.set("negations")
ADVERBS = _WORDS.set("adverbs")
IRREGULAR_PASTS = _WORDS.set("irregular_pasts")
SAID_PASSIVES = _WORDS.set("said_passives")
