"""What the tests of the paper screens share."""

from typing import Any

import pytest

DRAWN = b"%PDF-1.7\ndrawn elsewhere\n%%EOF\n"


@pytest.fixture
def drawn(monkeypatch) -> list[dict[str, Any]]:
    """The contents given to be drawn; a few bytes stand for the paper, which has its own tests."""
    contents: list[dict[str, Any]] = []

    def draw(content: dict[str, Any], layout: str) -> bytes:
        contents.append(content)
        return DRAWN

    monkeypatch.setattr("reports.publishing.pdf_of", draw)
    return contents
