"""Some rows are written once: in code, in bulk, and under the database's own hand."""

import datetime

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from measures.domain.publishing import reviews
from measures.models import (
    Event,
    FrozenError,
    Handover,
    ProgressRevision,
    Publication,
    ReviewVisit,
)
from tests.factories.flow import make_draft, publish
from tests.factories.handovers import make_handover
from tests.factories.people import Office, make_administrator, make_office

pytestmark = pytest.mark.django_db


def event(office: Office) -> models.Model | None:
    return publish(office).organisation.events.first()


def revision(office: Office) -> models.Model | None:
    make_draft(office)
    return ProgressRevision.objects.first()


def visit(office: Office) -> models.Model | None:
    _link, secret = reviews.make_link(
        make_draft(office),
        reviewer="ที่ว่าการอำเภอสมมติ",
        expires_at=timezone.now() + datetime.timedelta(days=7),
        by=office.coordinator,
    )
    reviews.visit(secret, address="203.0.113.9", browser="Firefox")
    return ReviewVisit.objects.first()


# How a row of each kind comes to be, and a text in it that somebody might like to change.
SCENES = {
    Event: (event, "hash"),
    Publication: (publish, "hash"),
    Handover: (make_handover, "content_sha256"),
    ProgressRevision: (revision, "text"),
    ReviewVisit: (visit, "network"),
}


@pytest.fixture(params=SCENES, ids=[model.__name__ for model in SCENES])
def row(request):
    make, _column = SCENES[request.param]
    made = make(make_office())
    assert isinstance(made, request.param)
    return made


def column_of(row) -> str:
    return SCENES[type(row)][1]


def everything(model):
    return list(model.objects.order_by("pk").values())


def test_stored_row_is_not_saved_again(row):
    before = everything(type(row))
    setattr(row, column_of(row), "x")

    with pytest.raises(FrozenError):
        row.save()

    assert everything(type(row)) == before


def test_stored_row_is_not_deleted(row):
    with pytest.raises(FrozenError):
        row.delete()

    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(**{column_of(rows[0]): "x"}),
        lambda rows: rows.delete(),
        lambda rows: rows.filter(pk=0).delete(),
        lambda rows: rows.visible_to(make_administrator()).delete(),
    ],
    ids=["update", "delete", "delete of none", "delete of what one sees"],
)
def test_rows_are_not_changed_in_bulk(row, change):
    before = everything(type(row))

    with pytest.raises(FrozenError):
        change(type(row).objects.all())

    assert everything(type(row)) == before


@pytest.mark.parametrize("operation", ["UPDATE {table} SET {column} = 'x'", "DELETE FROM {table}"])
def test_database_itself_refuses(row, operation):
    before = everything(type(row))
    table = type(row)._meta.db_table

    with (
        pytest.raises(DatabaseError, match=f"{table} is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(operation.format(table=table, column=column_of(row)))

    assert everything(type(row)) == before


def test_database_refuses_even_a_change_that_bulk_update_writes(row):
    before = everything(type(row))
    setattr(row, column_of(row), "x")

    # bulk_update goes through QuerySet.update of an inner queryset, or straight to the trigger.
    with pytest.raises((FrozenError, DatabaseError)), transaction.atomic():
        type(row).objects.bulk_update([row], [column_of(row)])

    assert everything(type(row)) == before
