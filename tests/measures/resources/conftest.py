"""The office whose sheets are read and written."""

import pytest

from tests.factories.people import Office, make_office


@pytest.fixture
def office(db) -> Office:
    return make_office()
