"""What the tests of the desk's pages share."""

from collections.abc import Callable

import pytest
from django.test import Client

from measures.models import User
from tests.factories.people import Office, make_office


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
