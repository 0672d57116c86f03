"""Forms in a quicker engine: Django brings its field and widget
templates for Jinja2 too, which compiles them. A page of the desk has
eighty fields, which took a third of its time.
"""

from functools import cache
from typing import Any

from django.forms.renderers import BaseRenderer, DjangoTemplates, Jinja2

_COMPILED = "django/forms/"


class FormRenderer(BaseRenderer):
    """Django's own templates by Jinja2; those of the admin and of apps,
    which exist for Django's engine only, by that.
    """

    def get_template(self, template_name: str) -> Any:
        return _template(template_name)


@cache
def _template(name: str) -> Any:
    return (_compiled if name.startswith(_COMPILED) else _others).get_template(name)


_compiled, _others = Jinja2(), DjangoTemplates()
