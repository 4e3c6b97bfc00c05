"""Every sheet: out of one install, into an empty one, and out again the same."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from measures.models import Event, Organisation
from measures.resources import SHEETS, sheet_files, workbooks
from tests.factories.people import make_administrator, make_user
from tests.factories.sheet_reading import errors_of
from tests.factories.sheet_rows import GENERATORS, World

WRITERS = {"xlsx": workbooks.workbook_of, "csv": workbooks.csv_of}
# An office that takes over the sheets of another writes its own name in them.
SLUGS = {"sommut-nam": "sommut-mai"}
OFFICE_HEADINGS = {"หน่วยงาน", "หน่วยงานที่กำกับดูแล"}


@contextmanager
def forgotten():
    """Undo in the end whatever is stored meanwhile: an install without any office."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def sheets_out(kind, by) -> dict:
    """Return each sheet as a file, read again as the tables that it holds."""
    tables = {}
    for key, sheet in SHEETS.items():
        resource = sheet(user=by)
        data = WRITERS[kind](resource, resource.rows(by, None, None))
        tables[key] = sheet_files.read(data, sheet(user=by))
    return tables


def renamed(table) -> None:
    """Write the new office's slug into the cells that name the old one."""
    places = [at for at, heading in enumerate(table.headers) if heading in OFFICE_HEADINGS]
    for row in table.rows:
        for at in places:
            row[at] = SLUGS.get(row[at], row[at])


def take_in(tables, by) -> list[tuple[str, int, str]]:
    """Store all tables in the order of the registry; return what became of each row."""
    became = []
    for key, table in tables.items():
        result = SHEETS[key](user=by).import_data(table, use_transactions=True)
        assert (key, errors_of(result)) == (key, [])
        became += [(key, row.line, row.import_type) for row in result.rows]
    return became


def test_every_sheet_has_records_to_go_out():
    assert list(GENERATORS) == list(SHEETS)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@given(random=st.randoms(use_true_random=True))
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_sheets_come_back_as_they_went_out_and_a_second_time_change_nothing(kind, random):
    with forgotten():
        by = make_administrator()
        people = [make_user("=มานี"), make_user("mana@example.go.th")]
        with forgotten():
            world = World(random, by, people)
            for generate in GENERATORS.values():
                generate(world)
            first = sheets_out(kind, by)
        assert Organisation.objects.count() == 0
        for table in first.values():
            assert table.rows
            renamed(table)

        take_in(first, by)
        second = sheets_out(kind, by)

        for key, table in first.items():
            assert (table.headers, table.rows) == (second[key].headers, second[key].rows), key
        events = Event.objects.count()
        assert [row for row in take_in(second, by) if row[2] != "skip"] == []
        assert Event.objects.count() == events
