"""Sheets of an office's build: organisations, divisions, posts, and who holds them."""

import datetime

import pytest

from measures.models import Division, Event, Organisation, Post, PostHolding
from measures.resources import (
    DivisionResource,
    HoldingResource,
    OrganisationResource,
    PostResource,
)
from tests.factories.people import make_administrator, make_office, make_user
from tests.factories.sheet_reading import errors_of, kinds_of, taken_in


def organisation_row(slug="sommut-mai", **changes) -> dict:
    cells = {
        "หน่วยงาน": slug,
        "ชื่อหน่วยงาน": "องค์การบริหารส่วนตำบลสมมติใหม่",
        "ชื่อย่อ": "อบต.สมมติใหม่",
        "ประเภท": "องค์การบริหารส่วนตำบล",
        "อำเภอ": "สมมติเมือง",
        "จังหวัด": "สมมติธานี",
    }
    return cells | changes


def test_administrator_adds_and_changes_offices(office):
    by = make_administrator()
    taken_in(OrganisationResource, by, organisation_row())

    result = taken_in(OrganisationResource, by, organisation_row(ชื่อย่อ="อบต.ใหม่"))

    assert kinds_of(result) == ["update"]
    assert Organisation.objects.get(slug="sommut-mai").short_name == "อบต.ใหม่"


def test_coordinator_makes_no_office(office):
    result = taken_in(OrganisationResource, office.coordinator, organisation_row())

    assert errors_of(result) == [(2, "เฉพาะผู้ดูแลระบบเท่านั้น")]
    assert not Organisation.objects.filter(slug="sommut-mai").exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"หน่วยงาน": "desk"}, "หน่วยงาน: คำว่า desk เป็นที่อยู่ของระบบเอง โปรดใช้ชื่ออื่น"),
        ({"ชื่อย่อ": ""}, "ชื่อย่อ: "),
        ({"หน่วยงานที่กำกับดูแล": "สมมติฟ้า"}, "หน่วยงานที่กำกับดูแล: ไม่พบหน่วยงาน “สมมติฟ้า”"),
    ],
)
def test_bad_cell_of_an_office_is_named(db, changes, message):
    result = taken_in(OrganisationResource, make_administrator(), organisation_row(**changes))

    [(line, told)] = errors_of(result)
    assert (line, told[: len(message)]) == (2, message)
    assert not Organisation.objects.exists()


def division_row(office, name, **changes) -> dict:
    return {"หน่วยงาน": office.organisation.slug, "ส่วนราชการ": name, "ลำดับ": 9} | changes


def test_sub_unit_hangs_on_a_division_of_a_row_above(office):
    result = taken_in(
        DivisionResource,
        office.coordinator,
        division_row(office, "กองสมมติ", สังกัดส่วนราชการ=""),
        division_row(office, "งานสมมติ", สังกัดส่วนราชการ="กอง สมมติ"),
    )

    assert errors_of(result) == []
    assert Division.objects.get(name="งานสมมติ").parent.name == "กองสมมติ"


def test_unknown_parent_is_told_with_the_nearest_name(office):
    result = taken_in(
        DivisionResource, office.coordinator, division_row(office, "งานใหม่", สังกัดส่วนราชการ="กองช้าง")
    )

    [(line, told)] = errors_of(result)
    assert (line, told) == (
        2,
        "สังกัดส่วนราชการ: ไม่พบส่วนราชการ “กองช้าง” โปรดเพิ่มส่วนราชการก่อน หรือแก้ให้ตรงกับ: กองช่าง, กองคลัง",
    )


def test_name_spelt_otherwise_is_the_same_division(office):
    result = taken_in(DivisionResource, office.coordinator, division_row(office, "กอง  ช่าง"))

    assert kinds_of(result) == ["update"]
    office.works.refresh_from_db()
    assert (office.works.name, office.works.order) == ("กองช่าง", 9)


def test_parent_of_another_office_is_not_found(office):
    neighbour = make_office()
    Division.objects.create(organisation=neighbour.organisation, name="กองลับ")

    result = taken_in(
        DivisionResource, office.coordinator, division_row(office, "งานใหม่", สังกัดส่วนราชการ="กองลับ")
    )

    [(_line, told)] = errors_of(result)
    assert told.startswith("สังกัดส่วนราชการ: ไม่พบส่วนราชการ “กองลับ”")
    assert not Division.objects.filter(name="งานใหม่").exists()


@pytest.mark.parametrize("resource", [DivisionResource, PostResource, HoldingResource])
def test_rows_of_another_office_neither_go_out_nor_come_in(office, resource):
    neighbour = make_office()
    own = resource(user=office.coordinator)
    theirs = resource(user=neighbour.coordinator)
    exported = theirs.export(theirs.rows(neighbour.coordinator, None, None))

    assert {row[0] for row in own.export(own.rows(office.coordinator, None, None))} == {
        office.organisation.slug
    }
    result = own.import_data(exported, use_transactions=True)
    told = f"หน่วยงาน: ไม่มีหน่วยงาน “{neighbour.organisation.slug}” ที่ท่านดูแล"
    assert {message for _line, message in errors_of(result)} == {told}


def post_row(office, **changes) -> dict:
    cells = {
        "หน่วยงาน": office.organisation.slug,
        "ชื่อตำแหน่ง": "นิติกร",
        "ส่วนราชการ": "กองคลัง",
        "รายงานผลของส่วนราชการ": "ใช่",
        "ประสานแผนและรวบรวมรายงาน": "",
        "ดูแลบัญชีและตำแหน่ง": "ไม่ใช่",
    }
    return cells | changes


def test_post_is_made_with_its_duties(office):
    assert kinds_of(taken_in(PostResource, office.coordinator, post_row(office))) == ["new"]

    post = Post.objects.get(title="นิติกร")
    assert (post.division, post.reports_progress, post.administers) == (office.finance, True, False)


def test_the_same_title_without_a_division_is_another_post(office):
    row = post_row(office, ส่วนราชการ="", รายงานผลของส่วนราชการ="ไม่ใช่")

    result = taken_in(PostResource, office.coordinator, post_row(office), row)

    assert kinds_of(result) == ["new", "new"]


def test_the_keys_of_the_office_are_not_given_by_a_coordinator_alone(office):
    office.coordinator_post.administers = False
    office.coordinator_post.save()

    row = post_row(office) | {"ดูแลบัญชีและตำแหน่ง": "ใช่"}
    result = taken_in(PostResource, office.coordinator, row)

    assert errors_of(result) == [(2, "เฉพาะผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเท่านั้น")]


def holding_row(office, **changes) -> dict:
    cells = {
        "หน่วยงาน": office.organisation.slug,
        "ชื่อตำแหน่ง": "นิติกร",
        "ส่วนราชการ": "กองช่าง",
        "ชื่อผู้ใช้": office.staff.username,
        "ลักษณะ": "ดำรงตำแหน่ง",
        "ตั้งแต่วันที่": "๑ มกราคม ๒๕๖๔",
        "ถึงวันที่": "",
    }
    return cells | changes


@pytest.fixture
def vacant(office) -> Post:
    return Post.objects.create(
        organisation=office.organisation, title="นิติกร", division=office.works
    )


def test_row_appoints_by_the_verb(office, vacant):
    result = taken_in(HoldingResource, office.coordinator, holding_row(office))

    assert errors_of(result) == []
    holding = PostHolding.objects.get(post=vacant)
    assert (holding.user, holding.starts_on) == (office.staff, datetime.date(2021, 1, 1))
    assert [event.verb for event in Event.objects.all()] == ["appointed"]


def test_of_a_holding_only_the_last_day_changes(office, vacant):
    taken_in(HoldingResource, office.coordinator, holding_row(office))

    ended = taken_in(
        HoldingResource, office.coordinator, holding_row(office, ถึงวันที่="31 ธันวาคม 2564")
    )
    rewritten = taken_in(HoldingResource, office.coordinator, holding_row(office, คำสั่งที่="9/2564"))

    assert kinds_of(ended) == ["update"]
    assert PostHolding.objects.get(post=vacant).ends_on == datetime.date(2021, 12, 31)
    [(_line, told)] = errors_of(rewritten)
    assert told.startswith("แก้ไขได้เฉพาะวันสิ้นสุด")


def test_person_of_another_office_is_not_told_apart_from_nobody(office, vacant):
    stranger = make_user("qqzz", first_name="ความลับ")

    told = [
        errors_of(taken_in(HoldingResource, office.coordinator, holding_row(office, ชื่อผู้ใช้=name)))[
            0
        ][1]
        for name in (stranger.username, "xxyy")
    ]

    assert [text.replace("xxyy", stranger.username) for text in told[1:]] == told[:1]
    assert "ความลับ" not in told[0]
    assert not PostHolding.objects.filter(post=vacant).exists()


def test_acting_without_its_order_as_a_file_is_refused(office, vacant):
    row = holding_row(
        office,
        ลักษณะ="รักษาราชการแทน",
        ส่วนราชการของผู้แทน="สำนักปลัด",
        คำสั่งที่="1/2564",
        ลงวันที่="1 มกราคม 2564",
    ) | {"ตำแหน่งของผู้แทน": office.staff_post.title}

    result = taken_in(HoldingResource, office.coordinator, row)

    assert errors_of(result) == [(2, "โปรดแนบคำสั่งเป็นไฟล์ PDF")]
