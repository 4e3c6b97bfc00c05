"""Throw the demo's data away: database, files and mails. Refuses outside demo mode."""

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")

from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Remove what the demo wrote and make an empty database."""
    import django

    if not settings.DEMO_MODE:
        sys.exit("reset_demo: only in demo mode (DEMO_MODE=true in .env)")
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "django.db.backends.sqlite3":
        sys.exit("reset_demo: only for the demo's own SQLite file")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database['NAME']}{suffix}").unlink(missing_ok=True)
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.EMAIL_FILE_PATH)):
        shutil.rmtree(folder, ignore_errors=True)
    django.setup()
    call_command("migrate", verbosity=0)
    print("The demo starts over.")


if __name__ == "__main__":
    main()
