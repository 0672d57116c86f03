"""The language of one block, by script and by small words that the others do not
share.
"""

import re
from functools import lru_cache

from claims.extraction.word_lists import wordset

_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_NOT_ARABIC = re.compile(r"[\u067e\u0686\u0698\u06a9\u06af\u06cc\u0679\u0688\u0691\u06d2]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SAMPLE = 2000  # characters; a block is in one language
_SHORT = 40  # characters; labels and captions of a page return, so they are remembered
_CACHE_SIZE = 4_096

# Letters that only one of the languages has; they decide between words that two share.
_LETTERS = {
    "de": re.compile("[äöüß]"),
    "fr": re.compile("[èêëçœàùîâ]"),
    "es": re.compile("[ñ¿¡óíú]"),
}
_SMALL_WORDS: dict[str, frozenset[str]] = {
    "en": wordset(
        "the of and to in is was that for it with as on are be has have by at from this which not"
        " were been their they his her he she we you an or but will would after said who its had"
        " more than about into over no out up if there what when can could should our your all some"
        " one also"
    ),
    "de": wordset(
        "der die das und ist nicht ein eine einen einem einer den dem des zu von mit auf für im"
        " sich auch als wird wurde wurden sind hat haben nach bei über aus dass es er sie wir ich"
        " aber oder zum zur noch mehr vor durch sagte kein keine um war werden seit am vom beim"
        " laut sei seien hatte hatten"
    ),
    "fr": wordset(
        "le la les des du de et est un une en que qui dans pour pas sur au aux avec par ce cette"
        " ces il elle ils elles nous vous se sont été était ont mais ou où plus son sa ses leur"
        " selon dont à d l s n qu dit ans après leurs cela aussi sans"
    ),
    "es": wordset(
        "el la los las de del y en que un una por con para es se no su sus al lo como más pero"
        " fue han ha son está están este esta entre sobre desde según también hasta hay era ser"
        " dijo dijeron muy cuando años tras durante quien donde"
    ),
}


def detect(folded: str) -> str:
    return _detect_short(folded) if len(folded) <= _SHORT else _detect(folded[:_SAMPLE])


def _detect(sample: str) -> str:
    # Persian and Urdu share the script; their extra letters rule out Arabic.
    arabic = len(_ARABIC.findall(sample))
    latin = len(_LATIN.findall(sample))
    if arabic > latin:
        return "und" if _NOT_ARABIC.search(sample) else "ar"
    if not latin:
        return "und"
    words = _WORD.findall(sample.lower())
    return _by_small_words(words, sample.lower())


_detect_short = lru_cache(maxsize=_CACHE_SIZE)(_detect)


def _by_small_words(words: list[str], sample: str) -> str:
    counts = {name: sum(map(small.__contains__, words)) for name, small in _SMALL_WORDS.items()}
    for name, letters in _LETTERS.items():
        counts[name] += letters.search(sample) is not None
    best = max(counts, key=lambda name: (counts[name], name == "en"))
    runner_up = max(count for name, count in counts.items() if name != best)
    # A tie or too few small words is honestly unknown; the article may still decide it.
    if counts[best] == runner_up or counts[best] < max(1, len(words) * 0.08):
        return "und"
    return best
