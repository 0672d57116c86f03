"""The newsroom app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy

from factcheck.ledger import triggers
from factcheck.ledger.translated_names import translate_names


class NewsroomConfig(AppConfig):
    name = "factcheck.newsroom"
    label = "newsroom"
    verbose_name = gettext_lazy("Newsroom")

    def ready(self) -> None:
        # Not at the top: the guards read the columns of models.
        guards = import_module("factcheck.newsroom.guards")
        triggers.register(*guards.GUARDS)
        # These need loaded models.
        import_module("factcheck.newsroom.sign_in_log")
        import_module("factcheck.newsroom.accounts.receivers")
        import_module("factcheck.newsroom.accounts.stored_secrets")
        import_module("factcheck.newsroom.account_notices")
        import_module("factcheck.newsroom.account_links")
        translate_names(self)
