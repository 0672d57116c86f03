"""Every text that people read on a screen goes through gettext."""

from pathlib import Path

import pytest

from tests.project import texts

ROOT = Path(__file__).parents[2]


def _report(offences: dict[Path, list[texts.Offence]]) -> str:
    return "\n".join(
        f"{path.relative_to(ROOT)}\n" + "\n".join(f"  {line}: {text[:90]}" for line, text in found)
        for path, found in offences.items()
        if found
    )


def test_templates_hold_no_text_outside_translate() -> None:
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert pages
    report = _report({page: [*texts.in_template(page.read_text("utf-8"))] for page in pages})
    assert not report, f"Put these texts into translate or blocktranslate:\n{report}"


def test_python_shows_no_bare_string() -> None:
    modules = [
        module
        for app in ("claims", "sources", "factcheck")
        for module in sorted((ROOT / app).rglob("*.py"))
        if not texts.NO_SCREEN & set(module.parts)
    ]
    assert modules
    report = _report(
        {module: [*texts.in_python(module.read_text("utf-8"), module)] for module in modules}
    )
    assert not report, f"Put these texts through gettext:\n{report}"


@pytest.mark.parametrize(
    "source",
    [
        "<p>Undecided</p>",
        "<p>{{ count }} claim{{ count|pluralize }}</p>",
        '<a title="Read it" href="x">→</a>',
        '<input placeholder="Search {{ thing }}">',
        '<p>{{ name|default:"No one" }}</p>',
        "{% blocktranslate %}Done.{% endblocktranslate %} And more.",
    ],
)
def test_a_bare_text_of_a_template_is_found(source: str) -> None:
    assert len([*texts.in_template(source)]) == 1


@pytest.mark.parametrize(
    "source",
    [
        '<p class="quiet">{% translate "Undecided" %} · {{ count }}</p>',
        "{% blocktranslate trimmed %}<b>{{ count }}</b> claims{% endblocktranslate %}",
        "<a title=\"{% translate 'Read it' %}\" href='x'>→</a>",
        "<p>{# a note #}{{ name|default:_('No one') }}</p><script>let a;</script>",
        "{% comment %}old{% endcomment %}<code>manage.py check</code> 12:30 UTC",
    ],
)
def test_a_translated_text_of_a_template_is_not(source: str) -> None:
    assert not [*texts.in_template(source)]


@pytest.mark.parametrize(
    "source",
    [
        'raise ValidationError("Choose a claim.")',
        'raise ValidationError({"claim": f"Choose {name}."})',
        'raise WorkflowError("Choose one" + more)',
        'raise Http404("No %s" % name)',
        'messages.success(request, "Saved.")',
        'forms.CharField(label="Reason")',
        'models.TextField("short answer")',
        'class Meta:\n    verbose_name = "claim"',
        'class State(TextChoices):\n    OPEN = "open", "Open"',
    ],
)
def test_a_bare_string_in_python_is_found(source: str) -> None:
    assert len([*texts.in_python(source, Path("claims/rules.py"))]) == 1


@pytest.mark.parametrize(
    "source",
    [
        'raise ValidationError(_("Choose a claim."), code="missing")',
        'raise ValidationError({"claim": _("Choose %(name)s.") % {"name": name}})',
        'raise CommandError("No such file.")',
        'messages.success(request, ngettext("One", "Many", count))',
        'logger.info("claim.saved")',
        'class State(TextChoices):\n    OPEN = "open", gettext_lazy("Open")',
        'models.ManyToManyField("newsroom.Desk")',
    ],
)
def test_a_translated_string_in_python_is_not(source: str) -> None:
    assert not [*texts.in_python(source, Path("claims/rules.py"))]
