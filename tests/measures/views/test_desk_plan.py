"""The plan in the desk: its list, and writing a measure with and without script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.domain.recording import progress
from measures.models import Measure, ResponsibilityKind, Step, TargetFold
from tests.factories.flow import publish, submit
from tests.factories.people import make_measure, make_office

pytestmark = pytest.mark.django_db


def rows(kind, *typed):
    """Return rows as the page sends them."""
    data = {f"{kind}-TOTAL_FORMS": str(len(typed)), f"{kind}-INITIAL_FORMS": "0"}
    for at, row in enumerate(typed):
        data |= {f"{kind}-{at}-{name}": str(value) for name, value in row.items()}
    return data


def typed_for(measure=None, **changes):
    data = {
        "number": "๓",
        "title": "ลดขั้นตอนการให้บริการ",
        "period_text": "ตุลาคม ๒๕๖๓ - มีนาคม ๒๕๖๔",
        "monitoring": "ทุกเดือน",
        **rows("steps"),
        **rows("targets"),
        **rows("responsible"),
    }
    return data | ({} if measure else {"fiscal_year": "๒๕๖๔"}) | changes


def new(client, data):
    return client.post(reverse("desk:measure_new"), data)


def test_plan_leads_to_the_newest_year(office, as_person):
    make_measure(office.organisation, office.works, fiscal_year=2566)

    response = as_person(office.staff).get(reverse("desk:plan_newest"))

    assert response["Location"] == reverse("desk:plan", args=[2566])


def test_plan_lists_the_measures_of_its_year_alone(office, as_person):
    later = make_measure(office.organisation, office.works, fiscal_year=2566)
    other = make_office().measures[0]

    response = as_person(office.staff).get(reverse("desk:plan", args=[2564]))

    assert [measure for measure, *_ in response.context["measures"]] == office.measures
    page = response.content.decode()
    assert [reverse("desk:measure", args=[each.pk]) in page for each in (later, other)] == [
        False,
        False,
    ]
    assert reverse("desk:measure_new") not in page


def test_the_number_of_queries_of_the_plan_does_not_grow(office, as_person):
    make_measure(office.organisation, office.secretariat, office.works, number=3)
    client = as_person(office.coordinator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("desk:plan", args=[2564]))
        return len(asked)

    with_three = queries()
    for number in range(4, 61):
        make_measure(office.organisation, office.secretariat, office.works, number=number)

    assert queries() == with_three


def test_plan_says_how_far_each_measure_is_in_the_newest_round(office, as_person):
    first, second, third = progress.entries_of(office.round)
    for entry in (first, third):
        progress.record(entry, by=office.coordinator, version=0, status="done", result="ทำแล้ว")
    progress.record(second, by=office.coordinator, version=0, status="not_started")

    response = as_person(office.staff).get(reverse("desk:plan", args=[2564]))

    assert [percent for _measure, percent, _marks in response.context["measures"]] == [50, 100]
    assert "คืบหน้าร้อยละ ๕๐" in response.content.decode()


def test_measure_is_written_with_all_its_parts(office, as_person):
    data = typed_for(
        **rows("steps", {"text": "ทบทวน", "due_on": "๓๑ มกราคม ๒๕๖๔"}, {"text": " "}),
        **rows(
            "targets",
            {"name": "คู่มือ", "unit": "เล่ม", "goal": "๑,๒๐๐", "fold": TargetFold.AVERAGE},
            {"name": "", "unit": "", "goal": "", "fold": TargetFold.SUM},
        ),
        **rows(
            "responsible",
            {"kind": ResponsibilityKind.DIVISION, "division": office.works.pk},
            {"kind": ResponsibilityKind.COMMITTEE, "text": "คณะทำงานบริการ"},
            {"kind": ""},
        ),
    )

    response = new(as_person(office.coordinator), data)

    measure = Measure.objects.get(number=3)
    assert response["Location"] == reverse("desk:measure", args=[measure.pk])
    assert (str(measure.starts_on), str(measure.ends_on)) == ("2020-10-01", "2021-03-31")
    assert [(step.text, str(step.due_on)) for step in measure.steps.all()] == [
        ("ทบทวน", "2021-01-31")
    ]
    assert [(row.name, row.goal, row.fold) for row in measure.targets.all()] == [
        ("คู่มือ", 1200, "average")
    ]
    assert [str(party) for party in measure.responsibilities.all()] == ["กองช่าง", "คณะทำงานบริการ"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "มาตรการ"),
        ({"number": "สาม"}, "ไม่ใช่จำนวนเต็ม"),
        ({"fiscal_year": "2021"}, "โปรดกรอกปี พ.ศ."),
        ({"number": "1"}, "นี้อยู่แล้ว"),
        (rows("steps", {"text": "", "due_on": "31/1/2564"}), "โปรดกรอกขั้นตอนของกำหนดวันนี้"),
        (rows("targets", {"name": "คู่มือ", "fold": "sum"}), "โปรดกรอกหน่วยนับ"),
        (rows("targets", {"unit": "เล่ม", "goal": "มาก", "fold": "sum"}), "โปรดกรอกตัวชี้วัดเป้าหมาย"),
        (rows("responsible", {"kind": "division"}), "โปรดเลือกส่วนราชการหรืองาน"),
        (rows("responsible", {"kind": "post"}), "โปรดเลือกตำแหน่ง"),
        (rows("responsible", {"text": "ใครสักคน"}), "โปรดเลือกประเภทของผู้รับผิดชอบ"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_lost(
    office, as_person, changes, says
):
    data = typed_for(**{"monitoring": "คงไว้ทุกคำ"} | changes)

    response = new(as_person(office.coordinator), data)

    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "คงไว้ทุกคำ" in page
    assert Measure.objects.count() == 2


def test_rows_are_added_moved_and_taken_out_without_script_and_nothing_is_stored(office, as_person):
    client = as_person(office.coordinator)
    data = typed_for(**rows("steps", {"text": "หนึ่ง"}, {"text": "สอง"}))

    def texts(act):
        response = new(client, data | {"act": act})
        assert response.status_code == 200
        return [row["text"].value() for row in response.context["rows"]["steps"]]

    assert texts("steps-add") == ["หนึ่ง", "สอง", None]
    assert texts("steps-up-1") == texts("steps-down-0") == ["สอง", "หนึ่ง"]
    assert texts("steps-remove-0") == ["สอง"]
    assert texts("steps-up-0") == texts("steps-remove-9") == texts("rubbish") == ["หนึ่ง", "สอง"]
    assert Measure.objects.count() == 2


def test_period_is_shown_as_it_is_read(office, as_person):
    client = as_person(office.coordinator)

    read = new(client, typed_for(act="read-period"))
    unread = new(client, typed_for(act="read-period", period_text="เมื่อพร้อม"))

    assert "๑ ตุลาคม ๒๕๖๓" in read.content.decode()
    assert "อ่านวันเริ่มต้นและสิ้นสุดจากข้อความนี้ไม่ได้" in unread.content.decode()


def test_saving_what_is_shown_changes_nothing(office, as_person):
    client = as_person(office.coordinator)
    measure = office.measures[0]
    Measure.objects.filter(pk=measure.pk).update(starts_on="2020-11-02")  # entered by hand
    before = list(Step.objects.order_by("pk").values())
    page = client.get(reverse("desk:measure", args=[measure.pk]))
    shown = {"seen": page.context["form"]["seen"].value()}
    for field in page.context["form"].visible_fields():
        shown[field.html_name] = field.value() if field.value() is not None else ""
    for kind, formset in page.context["rows"].items():
        typed = [
            {field.name: "" if field.value() is None else field.value() for field in row}
            for row in formset
        ]
        shown |= rows(kind, *typed)

    response = client.post(reverse("desk:measure", args=[measure.pk]), shown)

    stored = Measure.objects.get(pk=measure.pk)
    assert response.status_code == 302
    assert list(Step.objects.order_by("pk").values()) == before
    assert [str(party) for party in stored.responsibilities.all()] == ["สำนักปลัด", "กองคลัง"]
    assert str(stored.starts_on) == "2020-11-02"
    event = office.organisation.events.get()
    assert event.data["before"] == event.data["after"]


def test_page_that_is_out_of_date_shows_what_was_typed_and_saves_at_the_second_press(
    office, as_person
):
    client = as_person(office.coordinator)
    address = reverse("desk:measure", args=[office.measures[0].pk])
    data = typed_for(office.measures[0], number="1", seen="0" * 64)

    refused = client.post(address, data)

    assert refused.status_code == 409
    assert "มีผู้อื่นแก้ไขมาตรการนี้ก่อนท่าน" in refused.content.decode()
    data["seen"] = refused.context["form"]["seen"].value()
    assert client.post(address, data).status_code == 302


def test_published_plan_asks_for_a_reason_and_lists_the_amendment(office, as_person):
    publish(office)
    client = as_person(office.coordinator)
    address = reverse("desk:measure", args=[office.measures[1].pk])
    data = typed_for(office.measures[1], number="2")

    refused = client.post(address, data)
    accepted = client.post(address, data | {"amendment_reason": "ระเบียบใหม่"})

    assert (refused.status_code, accepted.status_code) == (422, 302)
    plan = reverse("desk:plan", args=[2564])
    for page in (client.get(address), as_person(office.staff).get(plan)):
        assert [event.data["reason"] for event in page.context["amendments"]] == ["ระเบียบใหม่"]
        assert "ระเบียบใหม่" in page.content.decode()


def test_plan_whose_report_is_being_signed_is_shown_and_not_changed(office, as_person):
    submit(office)
    client = as_person(office.coordinator)
    address = reverse("desk:measure", args=[office.measures[0].pk])

    page = client.get(address)
    refused = client.post(address, typed_for(office.measures[0], number="1"))

    assert page.context["is_editable"] is False
    assert 'id="measure-form"' not in page.content.decode()
    assert refused.status_code == 422
    assert "อยู่ระหว่างเสนอลงนาม" in refused.content.decode()


def test_what_was_reported_on_is_not_deleted(office, as_person):
    submit(office)
    publish_address = reverse("desk:measure_delete", args=[office.measures[0].pk])

    as_person(office.coordinator).post(publish_address)

    assert Measure.objects.count() == 2
