"""The sources app: articles, publishers, links and captures."""

from django.apps import AppConfig

from factcheck.ledger import triggers


class SourcesConfig(AppConfig):
    name = "sources"

    def ready(self) -> None:
        for table in ("sources_articleversion", "sources_capture", "sources_linkcheck"):
            triggers.register(*triggers.append_only(table))
        for table in ("sources_article", "sources_link"):
            triggers.register(*triggers.no_delete(table, unique=("id", "public_id")))
