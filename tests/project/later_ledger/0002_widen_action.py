from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.AlterField("auditentry", "action", models.CharField(max_length=80))]
