"""The claims app: from a suggestion to a published verdict."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy

from factcheck.ledger import full_text, kept_tables, triggers
from factcheck.ledger.translated_names import translate_names


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = gettext_lazy("Claims")

    def ready(self) -> None:
        # These modules import models, which are not loaded yet when this file is.
        triggers.register(*import_module("claims.guards.registry").GUARDS)
        kept_tables.register(
            import_module("claims.guards.listings").LISTINGS,
            import_module("claims.guards.references").REFERENCES,
            import_module("claims.guards.public_changes").PUBLIC_CHANGES,
            import_module("claims.guards.known_claims").KNOWN_CLAIMS,
        )
        full_text.register(*import_module("claims.models.full_text").INDEXES)
        import_module("claims.receivers")
        import_module("claims.desk.assigned_access")
        translate_names(self)
