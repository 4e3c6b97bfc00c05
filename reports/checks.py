"""What `manage.py check` says about the paper and its seals."""

import datetime
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.utils import timezone

from reports.rendering.fonts import paper_font_is_installed
from reports.sealing import SealError, keys

LOOPBACK = ("", "localhost", "127.0.0.1", "::1")
# What it takes an office to be given a new certificate.
EXPIRES_SOON = datetime.timedelta(days=30)


def check_paper_font(**kwargs: Any) -> list[CheckMessage]:
    """Warn where documents would be set in the substitute font."""
    if paper_font_is_installed():
        return []
    return [
        Warning(
            "TH SarabunPSK is not installed: documents are set in Laksaman.",
            hint="run `.venv/bin/python scripts/install_paper_font.py`",
            id="reports.W001",
        )
    ]


def check_site_address(**kwargs: Any) -> list[CheckMessage]:
    """Warn where the QR code of published paper would lead to the reader's own machine."""
    host = urlsplit(settings.SITE_ADDRESS).hostname or ""
    if settings.DEMO_MODE or settings.DEBUG or host not in LOOPBACK:
        return []
    return [
        Warning(
            f"SITE_ADDRESS is {settings.SITE_ADDRESS}: published paper would carry this address.",
            hint="set SITE_ADDRESS to where people reach the install before anything is published",
            id="reports.W005",
        )
    ]


def check_seal_keys(**kwargs: Any) -> list[CheckMessage]:
    """Warn of keys with which nothing could be sealed now or a month from now, or that leak."""
    try:
        files = keys.key_files()
    except SealError as error:
        return [Warning(error.cause, id="reports.W002")]
    return [warning for file in files for warning in _warnings_of(file)]


def _warnings_of(file: Path) -> Iterator[CheckMessage]:
    for secret in (file, keys.password_file_of(file)):
        if secret.exists() and secret.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Warning(
                f"{secret.name} can be read by other accounts of this machine.",
                hint=f"run `chmod 600 {secret.name}` in SEAL_KEYS_FOLDER",
                id="reports.W003",
            )
    try:
        key = keys.read(file)
        key.or_raise()
    except SealError as error:
        yield Warning(error.cause, id="reports.W002")
        return
    if key.ends_at - timezone.now() < EXPIRES_SOON:
        yield Warning(
            f"The certificate in {file.name} ends on {key.ends_at:%Y-%m-%d}.",
            hint="have it renewed: afterwards nothing is published under it",
            id="reports.W004",
        )
