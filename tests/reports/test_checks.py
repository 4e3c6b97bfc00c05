"""The system check of the paper font."""

import pytest

from reports import checks


def test_check_is_silent_where_the_font_is_installed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checks, "paper_font_is_installed", lambda: True)

    assert checks.check_paper_font() == []


def test_check_names_the_remedy_where_the_font_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checks, "paper_font_is_installed", lambda: False)

    (warning,) = checks.check_paper_font()

    assert warning.id == "reports.W001"
    assert warning.hint == "run `.venv/bin/python scripts/install_paper_font.py`"
