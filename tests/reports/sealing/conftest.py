"""A key folder in the settings, the clock inside the certificates, and files to seal."""

import datetime

import pytest
import time_machine
import weasyprint

TODAY = datetime.datetime(2026, 6, 15, 3, 0, tzinfo=datetime.UTC)
PAGE = """<html lang="th"><head><title>รายงานสมมติ</title><meta name="author" content="อบต.สมมติ">
<meta name="dcterms.created" content="2026-06-15T03:00:00Z"></head>
<body><h1>รายงานสมมติ</h1><p>ผลการดำเนินการ <a href="https://example.go.th/">ที่อยู่</a></p></body>"""


@pytest.fixture
def folder(tmp_path, settings):
    """An empty folder of keys that the settings name, and no time stamp server."""
    settings.SEAL_KEYS_FOLDER = str(tmp_path / "keys")
    settings.SEAL_TIMESTAMP_ADDRESS = ""
    (tmp_path / "keys").mkdir()
    return tmp_path / "keys"


@pytest.fixture
def today():
    """A day on which the certificates are valid."""
    with time_machine.travel(TODAY, tick=False):
        yield TODAY


def drawn(variant: str | None = None) -> bytes:
    """A small tagged file of WeasyPrint."""
    return weasyprint.HTML(string=PAGE).write_pdf(pdf_variant=variant, pdf_tags=True)
