"""Entries filled in before fields saved themselves were saved whole, with their status."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def mark_as_chosen(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Mark the status of every written entry as chosen."""
    entries = apps.get_model("measures", "ProgressEntry").objects
    entries.exclude(updated_at=None).update(has_status=True)


class Migration(migrations.Migration):
    dependencies = [("measures", "0005_frozen_rows")]

    operations = [migrations.RunPython(mark_as_chosen, migrations.RunPython.noop)]
