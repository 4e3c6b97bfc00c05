"""Alive, and ready to serve."""

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from measures.views import health


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_answers_when_the_database_is_up_to_date(client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_refuses_while_migrations_are_missing(client):
    MigrationRecorder.Migration.objects.filter(app="measures").delete()

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"migrations are missing\n")


def test_readyz_refuses_while_the_database_does_not_answer(client, monkeypatch):
    def refuse(connection):
        raise OperationalError

    monkeypatch.setattr(health, "MigrationExecutor", refuse)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"database does not answer\n")
