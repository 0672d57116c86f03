"""The names of models and fields in the language of whoever reads them.

Where a model gives none, Django makes a name of the English identifier,
which no translation reaches. To write each of them out would need a
migration for every column, and would be forgotten for the next one.
"""

from typing import Any

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


def translate_names(app: AppConfig) -> None:
    """Once all models of the app are loaded. Migrations do not see it:
    they go by what the model itself says.
    """
    for model in app.get_models():
        meta = model._meta
        plural = meta.verbose_name_plural
        if "verbose_name_plural" not in meta.original_attrs:
            plural = str(plural)  # “{}s” of the name, which fits English alone
        meta.verbose_name = _translated(meta.verbose_name)
        meta.verbose_name_plural = _translated(plural)
        for field in meta.local_fields:
            field.verbose_name = _translated(field.verbose_name)


def _translated(name: Any) -> Any:
    return name if isinstance(name, Promise) else gettext_lazy(str(name))
