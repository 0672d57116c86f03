"""Words before a colon that name a platform or a part of a page, and no speaker."""

from sources import word_lists

_LISTS = word_lists.beside(__file__)

PLATFORMS = _LISTS.set("platforms")
LABELS = PLATFORMS | _LISTS.set("labels")
# Before a colon a topic; behind “said” a state that speaks.
PLACES = _LISTS.set("places")
