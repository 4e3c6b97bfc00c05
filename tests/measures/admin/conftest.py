"""Browsers of the cast, signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from measures.models import User
from tests.factories.people import Office, make_administrator, make_office


@pytest.fixture(autouse=True)
def _packages_templates(forgiving_templates) -> None:
    """Every page here is made by the packages' templates."""


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
