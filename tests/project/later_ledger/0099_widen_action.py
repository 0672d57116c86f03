from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_key_rotation")]
    operations = [migrations.AlterField("auditentry", "action", models.CharField(max_length=80))]
