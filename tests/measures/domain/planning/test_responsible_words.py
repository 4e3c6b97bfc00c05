"""Who the words of the responsible column mean."""

import pytest

from measures.domain.planning.responsible_words import (
    KnownParties,
    kept_as_text,
    names_a_division,
    without_note,
)
from measures.models import Measure, ResponsibilityKind
from tests.factories.organisations import make_division
from tests.factories.people import make_office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("line", "kind", "printed"),
    [
        ("กองคลัง", "division", "กองคลัง"),
        ("กอง คลัง", "division", "กอง คลัง"),
        ("คลังเทศบาล", "division", "คลังเทศบาล"),
        ("กองคลัง (งานพัสดุ)", "sub_unit", "กองคลัง (งานพัสดุ)"),
        ("กองคลัง (งานที่ไม่มี)", "division", "กองคลัง (งานที่ไม่มี)"),
        ("กองคลัง (งานที่ไม่ปิดวงเล็บ", "division", "กองคลัง (งานที่ไม่ปิดวงเล็บ"),
        ("ทุกส่วนราชการ", "every_division", "ทุกส่วนราชการ"),
        ("ทุกกอง", "every_division", "ทุกกอง"),
        ("ทุกส่วนราชการ (เจ้าหน้าที่ประชาสัมพันธ์)", "every_division", "ทุกส่วนราชการ (เจ้าหน้าที่ประชาสัมพันธ์)"),
        ("พนักงานจ้าง ทุกส่วนราชการ", "every_division", "พนักงานจ้าง ทุกส่วนราชการ"),
        ("บุคลากรทุกคน", "all_staff", "บุคลากรทุกคน"),
        ("พนักงานทุกคน", "all_staff", "พนักงานทุกคน"),
        ("หัวหน้าสำนักปลัด", "post", "หัวหน้าสำนักปลัด"),
        ("คณะกรรมการสมมติ (ชุดใหญ่)", "committee", "คณะกรรมการสมมติ (ชุดใหญ่)"),
    ],
)  # fmt: skip
def test_a_line_is_recognised_and_printed_as_it_was_written(office, line, kind, printed):
    make_division(office.organisation, "งานพัสดุ", parent=office.finance)
    office.finance.aliases = "คลังเทศบาล"
    office.finance.save()

    party = KnownParties(office.organisation).recognised(line)

    assert (party.kind, party.printed()) == (kind, printed)


def test_a_division_that_stands_comes_before_a_closed_one_that_shares_an_alias(office):
    closed = make_division(
        office.organisation, "กองช่างโยธา", aliases="ช่าง\nกองคลัง", closed_on="2020-09-30"
    )
    office.works.aliases, office.works.order = "ช่าง", closed.order + 9
    office.works.save()
    office.finance.order = closed.order + 8
    office.finance.save()

    known = KnownParties(office.organisation)

    assert known.recognised("ช่าง").division == office.works
    assert known.recognised("กองคลัง").division == office.finance
    assert known.recognised("กองช่างโยธา").division == closed


def test_an_unknown_name_is_nobody_until_it_is_matched_or_kept_as_text(office):
    make_division(make_office().organisation, "กองอวกาศ")

    assert KnownParties(office.organisation).recognised("กองอวกาศ (งานดาวเทียม)") is None
    matched = KnownParties(office.organisation, {"กองอวกาศ": office.works})
    party = matched.recognised("กองอวกาศ (งานดาวเทียม)")
    text = kept_as_text("กองอวกาศ")

    assert (party.division, party.printed()) == (office.works, "กองอวกาศ (งานดาวเทียม)")
    text.measure = Measure.objects.of_organisation(office.organisation).first()
    text.full_clean()
    assert (text.kind, text.printed()) == (ResponsibilityKind.COMMITTEE, "กองอวกาศ")


def test_names_of_divisions_are_told_from_names_of_people():
    names = ["กองคลัง", "สำนักปลัด", "หัวหน้าสำนักปลัด", "นักวิเคราะห์นโยบายและแผน", "ปลัด"]

    assert [names_a_division(name) for name in names] == [True, True, False, False, False]
    assert without_note("กองคลัง (งานพัสดุ") == "กองคลัง"


def test_an_office_is_read_once_for_many_lines(office, django_assert_num_queries):
    parties = KnownParties(office.organisation)

    with django_assert_num_queries(2):
        for line in ("กองคลัง", "กองช่าง", "กองอวกาศ", "หัวหน้าสำนักปลัด", "ใครก็ได้"):
            parties.recognised(line)
