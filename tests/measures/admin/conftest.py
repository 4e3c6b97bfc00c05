"""Browsers of the cast, signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from measures.models import User
from tests.factories.people import Office, make_administrator, make_office


@pytest.fixture(autouse=True)
def forgiving_templates(settings) -> None:
    """Let the packages' templates read variables that are not there, as they do outside tests."""
    settings.TEMPLATES = [
        {
            **engine,
            "OPTIONS": {
                name: value
                for name, value in engine["OPTIONS"].items()
                if name != "string_if_invalid"
            },
        }
        for engine in settings.TEMPLATES
    ]


@pytest.fixture
def office(db) -> Office:
    return make_office()


@pytest.fixture
def browse() -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def coordinator(office, browse) -> Client:
    return browse(office.coordinator)


@pytest.fixture
def administrator(office, browse) -> Client:
    return browse(make_administrator())
