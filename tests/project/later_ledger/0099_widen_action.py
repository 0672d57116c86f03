from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_no_pattern_indexes")]
    operations = [migrations.AlterField("auditentry", "action", models.CharField(max_length=80))]
