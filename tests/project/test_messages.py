"""German and French say all that the English screens say."""

import pytest

from tests.project import messages


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_text_is_missing_fuzzy_or_without_its_placeholders(language: str) -> None:
    found = list(messages.problems(language))
    assert not found, "Translate (make messages brings new texts in):\n" + "\n".join(found)


def test_every_way_to_write_a_text_is_found() -> None:
    code = (
        'from django.utils.translation import gettext as _\n_("a" "b")\ngettext_lazy("c")\n'
        'ngettext("%(n)s d", "%(n)s ds", n)\ntranslation.pgettext("verb", "Open")\n'
    )
    assert set(messages.in_python(code)) == {
        (None, "ab", ""),
        (None, "c", ""),
        (None, "%(n)s d", "%(n)s ds"),
        ("verb", "Open", ""),
    }
    page = (
        "{% translate 'a' %}{% translate \"Open\" context \"verb\" %}{{ x|default:_('b') }}"
        "{% blocktranslate count n=n trimmed %}\n one {{ x }}\n {% plural %}\n {{ n }} x"
        "{% endblocktranslate %}"
    )
    assert set(messages.in_template(page)) == {
        (None, "a", ""),
        (None, "b", ""),
        ("verb", "Open", ""),
        (None, "one %(x)s", "%(n)s x"),
    }
