"""Filling in the public holidays of a year, and leaving alone what somebody has changed."""

import datetime
from importlib.metadata import version
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from measures.domain import records
from measures.domain.reminding import holidays
from measures.domain.reminding.working_days import is_working_day
from measures.models import Holiday
from measures.permissions import NotAllowed
from tests.factories.people import make_administrator

pytestmark = pytest.mark.django_db

CHULALONGKORN = datetime.date(2026, 10, 23)


def test_days_have_thai_names_and_their_source():
    added = holidays.load([2569])

    assert added == Holiday.objects.count() > 15
    assert {day.year for day in Holiday.objects.values_list("date", flat=True)} == {2026}
    day = Holiday.objects.get(date=CHULALONGKORN)
    assert (day.name, day.source) == ("วันปิยมหาราช", f"holidays {version('holidays')} (TH)")
    assert not is_working_day(CHULALONGKORN)


def test_offices_of_the_state_close_for_the_ploughing_ceremony():
    holidays.load([2569])

    assert Holiday.objects.get(date=datetime.date(2026, 5, 13)).name == "วันพืชมงคล"


def test_loading_again_changes_nothing():
    holidays.load([2568, 2569])
    before = list(Holiday.objects.values())

    assert holidays.load([2569, 2568]) == 0
    assert list(Holiday.objects.values()) == before


def test_what_the_administrator_changed_stays_as_it_is():
    administrator = make_administrator()
    holidays.load([2569])
    renamed = Holiday.objects.get(date=CHULALONGKORN)
    renamed.name = "วันหยุดตามมติคณะรัฐมนตรี"
    records.save(renamed, by=administrator)
    moved = Holiday.objects.get(date=datetime.date(2026, 12, 10))
    moved.date = datetime.date(2026, 12, 11)
    records.save(moved, by=administrator)
    records.delete(Holiday.objects.get(date=datetime.date(2026, 12, 31)), by=administrator)
    before = list(Holiday.objects.values())

    assert holidays.load([2569]) == 0
    assert list(Holiday.objects.values()) == before


def test_a_day_typed_in_before_stays():
    records.save(
        Holiday(date=CHULALONGKORN, name="ชื่ออื่น", source="มติคณะรัฐมนตรี"), by=make_administrator()
    )

    holidays.load([2569])

    assert Holiday.objects.get(date=CHULALONGKORN).source == "มติคณะรัฐมนตรี"


def test_only_the_administrator_of_the_install_keeps_holidays(office):
    with pytest.raises(NotAllowed):
        records.save(
            Holiday(date=CHULALONGKORN, name="วันหยุด", source="หน่วยงาน"), by=office.coordinator
        )

    assert not Holiday.objects.exists()


def test_command_takes_several_years_of_the_buddhist_era():
    output = StringIO()

    call_command("load_holidays", "--year", "2568", "2569", stdout=output)

    assert output.getvalue() == f"เพิ่มวันหยุดราชการ {Holiday.objects.count()} วัน\n"
    assert Holiday.objects.dates("date", "year").count() == 2


def test_command_refuses_years_of_the_common_era():
    with pytest.raises(CommandError, match="2026"):
        call_command("load_holidays", "--year", "2026")

    assert not Holiday.objects.exists()
