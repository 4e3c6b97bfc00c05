"""Two runs of the same work wait for each other; different work does not."""

import threading

import pytest
from django.db import connection

from ita_portal.single_run import one_at_a_time

PATIENCE = 20  # seconds until a thread that waits counts as hanging


@pytest.fixture
def elsewhere():
    """Run something in another thread, on a connection of its own."""
    threads = []

    def start(act):
        def run():
            try:
                act()
            finally:
                connection.close()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        threads.append(thread)
        return thread

    yield start
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


@pytest.mark.django_db(transaction=True)
def test_a_second_run_waits_for_the_first(elsewhere):
    entered = threading.Event()

    def second():
        with one_at_a_time("digests"):
            entered.set()

    with one_at_a_time("digests"):
        elsewhere(second)
        assert not entered.wait(0.3)

    assert entered.wait(PATIENCE)


@pytest.mark.django_db(transaction=True)
def test_other_work_does_not_wait(elsewhere):
    entered = threading.Event()

    def other():
        with one_at_a_time("links"):
            entered.set()

    with one_at_a_time("digests"):
        elsewhere(other)
        assert entered.wait(PATIENCE)


@pytest.mark.django_db(transaction=True)
def test_a_run_that_fails_lets_go(elsewhere):
    with pytest.raises(ZeroDivisionError), one_at_a_time("digests"):
        _nothing = 1 / 0
    entered = threading.Event()

    def second():
        with one_at_a_time("digests"):
            entered.set()

    elsewhere(second)

    assert entered.wait(PATIENCE)
