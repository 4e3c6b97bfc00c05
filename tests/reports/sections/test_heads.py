import pytest

from reports.sections import heads
from tests.factories.content import content


def test_through_is_not_said_twice():
    frozen = content()
    for typed in ("ปลัดองค์การบริหารส่วนตำบล", "ผ่าน ปลัดองค์การบริหารส่วนตำบล"):
        frozen["memo"]["through"] = typed
        assert heads.memo_head(frozen)["through"] == "ปลัดองค์การบริหารส่วนตำบล"


@pytest.mark.parametrize(
    ("subject", "period"),
    [
        ("รายงานผล", ["ปีงบประมาณ พ.ศ. 2564", "รอบ 6 เดือน"]),
        ("รายงานผล ประจำปีงบประมาณ พ.ศ. ๒๕๖๔", ["รอบ 6 เดือน"]),
        ("รายงานผล ประจำปีงบประมาณ พ.ศ. 2564 (รอบ 6 เดือน)", []),
    ],
)
def test_cover_does_not_repeat_what_the_subject_says(subject, period):
    frozen = content()
    frozen["memo"]["subject"] = subject
    assert heads.cover(frozen)["period"] == period


def test_office_without_a_place_is_its_name_alone():
    frozen = content()
    frozen["organisation"] |= {"amphoe": "", "changwat": ""}
    assert heads.title(frozen)["office"] == ["องค์การบริหารส่วนตำบลสมมตินา"]


def test_leaders_are_an_option_of_the_office():
    frozen = content()
    assert heads.memo_head(frozen)["has_leaders"] is True  # as published before there was a choice
    frozen["organisation"]["has_leaders"] = False
    assert heads.memo_head(frozen)["has_leaders"] is False
