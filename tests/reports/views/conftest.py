"""What the tests of the paper screens share."""

from typing import Any

import pytest

DRAWN = b"%PDF-1.7\ndrawn elsewhere\n%%EOF\n"


@pytest.fixture
def drawn(monkeypatch) -> list[dict[str, Any]]:
    """The contents given to be drawn; a few bytes stand for the paper, which has its own tests."""
    contents: list[dict[str, Any]] = []

    def draw(content: dict[str, Any], **options: Any) -> bytes:
        contents.append(content)
        return DRAWN

    def draw_variants(content: dict[str, Any], **options: Any) -> dict[Any, bytes]:
        return dict.fromkeys(options["variants"], draw(content))

    monkeypatch.setattr("reports.publishing.pdf_of", draw)
    monkeypatch.setattr("reports.publishing.files_of", draw_variants)
    return contents


@pytest.fixture
def without_workers(monkeypatch) -> None:
    """Do at once what waits for the commit: the transaction around a test never commits."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda callback, **options: callback())
