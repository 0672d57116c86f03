from django.db import migrations
from django.utils import timezone


def make_due(apps, schema_editor):
    """Links that were given up because of a trouble of ours, and so were never looked at again."""
    failed = apps.get_model("sources", "Link").objects.filter(job_state="failed").exclude(url__startswith="urn:")
    deadly = failed.filter(last_error__startswith="The worker died")
    failed.exclude(pk__in=deadly).update(job_state="waiting", attempts=0, next_attempt_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_evidence_kept")]

    operations = [migrations.RunPython(make_due, migrations.RunPython.noop)]
