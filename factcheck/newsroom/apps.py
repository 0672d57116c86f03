"""The newsroom app."""

from importlib import import_module

from django.apps import AppConfig

from factcheck.ledger import triggers


class NewsroomConfig(AppConfig):
    name = "factcheck.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        triggers.register(*triggers.append_only("newsroom_accessgrant"))
        # Both need loaded models.
        import_module("factcheck.newsroom.sign_in_log")
        import_module("factcheck.newsroom.accounts.receivers")
