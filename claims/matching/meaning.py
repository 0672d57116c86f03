"""How near two texts are in meaning, whatever their words: by static
embeddings of words that a package carries with it (wordllama, the extra
`matching`). Without it all works; with it the right claim stands first
more often. Nothing is asked of any network.
"""

import importlib.util
import os
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from claims.matching import words

NAME = "meaning"


@cache
def available() -> bool:
    return importlib.util.find_spec("wordllama") is not None


def features(text: str, others: Sequence[str]) -> list[list[float]]:
    """For each of the others its cosine with the text, as a feature
    beside those of `comparing`; no feature where the extra is missing.
    """
    if not available():
        return [[] for _ in others]
    asked = vector(text)
    return [[float(asked @ vector(other))] for other in others]


# Of what stands beside many texts, as the claims of a debate do.
@lru_cache(maxsize=4_000)
def vector(text: str) -> Any:
    """Of 256 numbers, of length 1; for those who compare many."""
    return _encoder().embed([words.cleaned(text)], norm=True)[0]


@cache
def _encoder() -> Any:
    # Not before the first look-up: it takes a second and 93 MB.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # or it warns after a fork
    import wordllama  # type: ignore[import-untyped,import-not-found,unused-ignore]  # noqa: PLC0415

    carried = Path(wordllama.__file__).parent
    return wordllama.WordLlama.load(cache_dir=carried, disable_download=True)
