"""The colours of a newsroom on its pages for readers, and whether they
can be read there.
"""

from django.conf import settings

# What links and marks stand on, as in static/public.css: paper and panels.
LIGHT = ("#fdfdfb", "#f3f3ef")
DARK = ("#16181b", "#1f2226")
# WCAG 2.2, 1.4.3: text of normal size.
LEAST = 4.5


def style_sheet() -> str:
    """The style sheet of the newsroom; "" where it has chosen nothing."""
    rules = ""
    if settings.BRAND_COLOUR:
        rules += f":root {{ --accent: {settings.BRAND_COLOUR}; }}\n"
    dark = settings.BRAND_COLOUR_DARK
    if rules or dark:
        # Behind the light one, which would count on dark pages as well.
        accent = dark or "#8ec3f3"
        rules += f"@media (prefers-color-scheme: dark) {{ :root {{ --accent: {accent}; }} }}\n"
    return rules


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours given as #rrggbb, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def problems() -> list[str]:
    """What readers could not read, in sentences that name the setting."""
    chosen = (
        ("FACTCHECK_BRAND_COLOUR", settings.BRAND_COLOUR, LIGHT),
        ("FACTCHECK_BRAND_COLOUR_DARK", settings.BRAND_COLOUR_DARK, DARK),
    )
    return [
        f"{name} is {colour}, which has a contrast of {contrast(colour, ground):.2f}:1 on {ground}."
        for name, colour, grounds in chosen
        for ground in grounds
        if colour and contrast(colour, ground) < LEAST
    ]


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
