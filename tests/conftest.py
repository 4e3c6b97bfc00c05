"""What several folders of tests share, and nothing else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import settings as hypothesis_settings

from measures.models import User
from tests.factories.people import Office, make_office
from tests.factories.sign_in import sign_in

# The machines are shared and noisy: how long one example takes says nothing.
hypothesis_settings.register_profile("portal", deadline=None, max_examples=50)
# `make test-thorough`: before a release, or after a change to what the properties are about.
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=1_000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "portal"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only", action="store_true", help="leave out the tests that ask no database"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the journeys: they run on one worker, the others have the rest meanwhile."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)
    if config.getoption("--database-only"):
        others = [item for item in items if not asks_a_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if asks_a_database(item)]


def asks_a_database(item: pytest.Item) -> bool:
    return "db" in getattr(item, "fixturenames", ()) or bool(item.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def empty_static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which nothing has been collected; without one WhiteNoise warns."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def own_media(tmp_path: Path, empty_static: Path, settings) -> None:
    """Give each test its own folder for files and no manifest of static files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = empty_static
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.LINK_CHECKS_ENABLED = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def office(db) -> Office:
    """A whole small office with an open round and two measures."""
    return make_office()


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """A browser of its own for each person, signed in."""

    return lambda person: sign_in(Client(), person)
