from django.db import migrations

from factcheck.ledger.full_text import CreateIndex


class Migration(migrations.Migration):
    """Tables for search; they are filled after all migrations."""

    dependencies = [("claims", "0009_declined_to_comment"), ("sources", "0006_search")]

    operations = [CreateIndex(name) for name in ("claim", "evidence", "suggestion")]
