"""Events and publications are written once: in code, in bulk, and under the database's own hand."""

import pytest
from django.db import DatabaseError, connection, transaction

from measures.models import Event, FrozenError, Publication
from tests.factories.flow import publish
from tests.factories.people import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[Event, Publication], ids=["event", "publication"])
def row(request):
    office = make_office()
    publish(office)
    return request.param.objects.filter(organisation=office.organisation).first()


def everything(model):
    return list(model.objects.order_by("pk").values())


def test_stored_row_is_not_saved_again(row):
    before = everything(type(row))
    row.hash = "0" * 64

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
        lambda rows: rows.update(hash="0" * 64),
        lambda rows: rows.delete(),
        lambda rows: rows.filter(pk=0).delete(),
        lambda rows: rows.visible_to(
            rows[0].organisation.posts.first().holdings.get().user
        ).delete(),
    ],
    ids=["update", "delete", "delete of none", "delete of what one sees"],
)
def test_rows_are_not_changed_in_bulk(row, change):
    before = everything(type(row))

    with pytest.raises(FrozenError):
        change(type(row).objects.all())

    assert everything(type(row)) == before


@pytest.mark.parametrize("operation", ["UPDATE {table} SET hash = 'x'", "DELETE FROM {table}"])
def test_database_itself_refuses(row, operation):
    before = everything(type(row))
    table = type(row)._meta.db_table

    with (
        pytest.raises(DatabaseError, match=f"{table} is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(operation.format(table=table))

    assert everything(type(row)) == before


def test_database_refuses_even_a_change_that_bulk_update_writes(row):
    before = everything(type(row))
    row.hash = "0" * 64

    # bulk_update goes through QuerySet.update of an inner queryset, or straight to the trigger.
    with pytest.raises((FrozenError, DatabaseError)), transaction.atomic():
        type(row).objects.bulk_update([row], ["hash"])

    assert everything(type(row)) == before
