from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Django gives each unique text a second index for LIKE on PostgreSQL. Nobody looks for
# a part of a hash, and hashes come in no order: each entry wrote to another page of
# both, while everybody waited for the head.
FOUND = """
SELECT indexname FROM pg_indexes
WHERE schemaname = current_schema() AND tablename = 'ledger_auditentry'
AND indexdef LIKE '%varchar_pattern_ops%'
"""


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FOUND)
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        schema_editor.execute(f'DROP INDEX "{name}"')


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_index_by_object")]

    operations = [migrations.RunPython(drop, migrations.RunPython.noop, elidable=False)]
