"""A column of a table as a picture. What it says stands in the table as
well, so the picture is not read out.
"""

from collections.abc import Sequence

import leather
from django.utils.safestring import SafeString, mark_safe

WIDTH, ROW, AROUND, OVER_TIME = 560, 30, 70, 240
MOST_BARS, MOST_COLUMNS = 12, 9
LONGEST_NAME = 28

# Colours and type are the style sheet's, in light and in dark.
leather.theme.background_color = "none"


def chart(points: Sequence[tuple[str, float]], *, over_time: bool) -> SafeString:
    """The SVG of bars, or of columns in the order of time; empty where
    there is nothing to compare.
    """
    shown = points[-MOST_COLUMNS:] if over_time else points[:MOST_BARS]
    if len(shown) < 2 or not any(value for _name, value in shown):
        return mark_safe("")
    drawn = leather.Chart()
    if over_time:
        drawn.add_columns([(value, name) for name, value in shown], x=1, y=0)
        height = OVER_TIME
    else:
        drawn.add_bars([(value, _short(name)) for name, value in shown], x=0, y=1)
        height = AROUND + ROW * len(shown)
    return _inline(drawn.to_svg(width=WIDTH, height=height), height)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _inline(drawn: str, height: int) -> SafeString:
    """As it may stand in a page: without the head of a file, and as
    wide as there is room. The library escapes the names.
    """
    body = drawn[drawn.index("<svg") :]
    sized = f'<svg width="{WIDTH}" height="{height}"'
    fitted = f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" aria-hidden="true"'
    inline = body.replace(sized, fitted, 1)
    return mark_safe(inline)  # noqa: S308 (ElementTree has escaped every name)
