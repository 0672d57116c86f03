"""The language of one block, by script and by small words that the
others do not share.
"""

import re
from functools import lru_cache

from sources import word_lists

_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_NOT_ARABIC = re.compile(r"[\u067e\u0686\u0698\u06a9\u06af\u06cc\u0679\u0688\u0691\u06d2]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SAMPLE = 2000  # characters; a block is in one language
_SHORT = 40  # characters; labels and captions of a page return, so they are remembered
_CACHE_SIZE = 4_096

_LISTS = word_lists.beside(__file__)
_SMALL_WORDS = {name: _LISTS[name].set("words") for name in _LISTS}
_LETTERS = {
    name: re.compile(f"[{letters}]") for name in _LISTS if (letters := _LISTS[name].text("letters"))
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
