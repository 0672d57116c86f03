from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_index_by_object")]
    operations = [migrations.AlterField("auditentry", "action", models.CharField(max_length=80))]
