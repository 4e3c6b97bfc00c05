"""What was signed, said, saved, handed over or visited cannot be changed, whoever asks."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

APPEND_ONLY = (
    "measures_handover",
    "measures_progressrevision",
    "measures_reviewvisit",
    "measures_signoffcomment",
)
# A step of a sign-off is written once more, when it is decided, and never after that.
DECIDED = "measures_signoffstep"


def _create(editor: BaseDatabaseSchemaEditor, table: str, operation: str, condition: str) -> None:
    name = f"{table}_refuses_{operation.lower()}"
    when = f" WHEN ({condition})" if condition else ""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
            f"FOR EACH ROW{when} EXECUTE FUNCTION measures_refuse_change()"
        )
    else:
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {operation} ON {table}{when} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def create_triggers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create a trigger per table and operation; the function is that of migration 0002."""
    for operation in ("UPDATE", "DELETE"):
        for table in APPEND_ONLY:
            _create(schema_editor, table, operation, "")
        _create(schema_editor, DECIDED, operation, "OLD.decision <> ''")


def drop_triggers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers out again."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for operation in ("update", "delete"):
        for table in (*APPEND_ONLY, DECIDED):
            name = f"{table}_refuses_{operation}"
            schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))


class Migration(migrations.Migration):
    dependencies = [("measures", "0004_working_day")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
