"""The demo data, loaded once per module that asks for it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

FAST_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def load() -> str:
    output = StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what needs the demo on one worker, so that each module loads it once and not twice."""
    for item in items:
        if "loaded" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("demo"))


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    """The folder in which the demo's files lie while this module's tests run."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def loaded(media, django_db_setup, django_db_blocker):
    """What the command prints. All tests look at this one load, each in its own savepoint.

    It is rolled back at the end, because what was logged and published cannot be deleted.
    """
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO_MODE=True, MEDIA_ROOT=media, PASSWORD_HASHERS=FAST_HASHERS),
        transaction.atomic(),
    ):
        yield load()
        transaction.set_rollback(True)


@pytest.fixture
def printed(loaded, media, settings, db):
    settings.DEMO_MODE = True
    settings.MEDIA_ROOT = media
    settings.PASSWORD_HASHERS = FAST_HASHERS
    return loaded
