"""The name under which something was said again is kept, as two people looked at it; so far it was that of the claimant now."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def keep_names(apps, schema_editor):
    using = schema_editor.connection.alias
    claimants = apps.get_model('sources', 'Claimant').objects.using(using)
    rows = apps.get_model('claims', 'Repetition').objects.using(using)
    rows.update(said_by=Subquery(claimants.filter(pk=OuterRef('claimant')).values('name')))


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0015_names_of_one_desk'),
    ]

    operations = [
        migrations.AddField(
            model_name='repetition',
            name='said_by',
            field=models.CharField(default='', editable=False, help_text='The name that two people looked at: a claimant may be called otherwise later.', max_length=200),
            preserve_default=False,
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
    ]
