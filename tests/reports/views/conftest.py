"""What the tests of the paper screens share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from measures.models import User
from tests.factories.people import Office, make_office

DRAWN = b"%PDF-1.7\ndrawn elsewhere\n%%EOF\n"


@pytest.fixture
def office(db) -> Office:
    """A whole small office with an open round and two measures."""
    return make_office()


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """A browser of its own for each person, signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def drawn(monkeypatch) -> list[dict[str, Any]]:
    """The contents given to be drawn; a few bytes stand for the paper, which has its own tests."""
    contents: list[dict[str, Any]] = []

    def draw(content: dict[str, Any], layout: str) -> bytes:
        contents.append(content)
        return DRAWN

    monkeypatch.setattr("reports.publishing.pdf_of", draw)
    return contents
