"""Word lists written as running text, so that a line of them can be read."""


def ordered(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def wordset(text: str) -> frozenset[str]:
    return frozenset(ordered(text))
