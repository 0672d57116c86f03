from django.db import migrations

from factcheck.ledger.full_text import CreateIndex


class Migration(migrations.Migration):
    """Tables for search; they are filled after all migrations."""

    dependencies = [("sources", "0005_link_reading_due_at")]

    operations = [CreateIndex(name) for name in ("article", "publisher", "link", "claimant")]
