import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def _remember(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who made a token stands in the audit chain; where it does not, the owner did."""
    tokens = apps.get_model("newsroom", "ApiToken").objects
    tokens.update(made_by_id=F("owner_id"))
    people = set(apps.get_model("newsroom", "User").objects.values_list("pk", flat=True))
    entries = apps.get_model("ledger", "AuditEntry").objects.filter(object_type="newsroom.apitoken", action__in=("apitoken.add", "token.issue"))
    for object_id, actor in entries.filter(actor_id__in=people).values_list("object_id", "actor_id"):
        tokens.filter(pk=int(object_id)).update(made_by_id=actor)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
        ("newsroom", "0006_records"),
    ]

    operations = [
        migrations.AlterModelOptions(name="apitoken", options={"verbose_name": "API token", "verbose_name_plural": "API tokens"}),
        migrations.AddField(
            model_name="apitoken",
            name="made_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(_remember, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="apitoken",
            name="made_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
    ]
