"""Words that the extractor stores and the totals count by, in English;
screens say them in the language of whoever reads.
"""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

_WORDS = frozenset(
    {
        # Reasons for a suggestion.
        _("gives a figure"),
        _("gives a date"),
        _("states a trend"),
        _("compares or claims a record"),
        _("names a person, place or body"),
        _("attributed to a named source"),
        _("attributed to a source without a name"),
        _("tells of something that happened"),
        _("states a cause"),
        _("rests on a law, vote, document or data"),
        _("concerns harm to people"),
        _("another figure for the same thing stands in this text"),
        _("is a question"),
        _("looks ahead, hopes or demands"),
        _("sounds like an opinion"),
        _("is a courtesy"),
        _("its subject is named elsewhere"),
        _("its subject is only a pronoun"),
        _("is very short"),
        _("has no verb"),
        _("headline"),
        _("not trained for this language"),
        _("worded like statements that were checked"),
        _("worded like talk that nobody checks"),
        _("no speaker is named"),
        # Why a figure was not read.
        _("its marks can be read in two ways"),
        _("it names no number"),
        _("it goes on as a formula"),
        _("another number stands beside it"),
        _("brackets may make it negative"),
        _("“m” may stand for millions or metres"),
        _("a dash may be its minus sign"),
        _("its second number is smaller than its first"),
        _("its first number may stand for thousands"),
        _("the other number may have its scale"),
        # Totals of the selection log.
        _("nobody named"),
        _("no topic"),
        # Bands of the score.
        _("0.75 and more"),
        _("0.50 to 0.74"),
        _("0.25 to 0.49"),
        _("0.00 to 0.24"),
        # Bands of the closeness of matches.
        _("0.85 and more"),
        _("0.70 to 0.84"),
        _("0.55 to 0.69"),
        _("0.40 to 0.54"),
        _("0.25 to 0.39"),
    }
)
# Each names its parts as its pattern does.
_PATTERNS = (
    (
        re.compile(r"“(?P<words>.*)” read as (?P<name>.*)", re.DOTALL),
        _("“%(words)s” read as %(name)s"),
    ),
    (
        re.compile(r"the speaker is only a pronoun \(“(?P<word>.*)”\)", re.DOTALL),
        _("the speaker is only a pronoun (“%(word)s”)"),
    ),
    (
        re.compile(r"“(?P<words>.*)” is not read as a figure: (?P<why>.*)", re.DOTALL),
        _("“%(words)s” is not read as a figure: %(why)s"),
    ),
)


def as_shown(stored: str) -> str:
    """The words of an older extractor, which nobody translated, stay."""
    if stored in _WORDS:
        return gettext(stored)
    for pattern, words in _PATTERNS:
        if parts := pattern.fullmatch(stored):
            named = parts.groupdict()
            if "why" in named:
                named["why"] = as_shown(named["why"])
            return gettext(words) % named
    return stored
