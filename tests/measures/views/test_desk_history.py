"""The history on the desk: of the office, of one thing, and as a file."""

import csv
import io

import pytest
from django.urls import reverse

from measures.domain import records
from measures.domain.planning import measures
from measures.domain.recording import rounds
from measures.models import Division, Event
from tests.factories.flow import make_draft, publish
from tests.factories.handovers import let_administer

pytestmark = pytest.mark.django_db

LIST = reverse("desk:history")


def of(kind: str, pk: int) -> str:
    return reverse("desk:history_of", args=[kind, pk])


def test_before_and_after_stand_on_the_page(office, as_person):
    division = records.save(
        Division(organisation=office.organisation, name="กองเดิมสมมติ"), by=office.coordinator
    )
    division.name = "กองใหม่สมมติ"
    records.save(division, by=office.coordinator)

    page = as_person(office.coordinator).get(LIST).content.decode()

    assert "แก้ไขส่วนราชการ “กองใหม่สมมติ”" in page
    assert "กองเดิมสมมติ</del>" in page
    assert "กองใหม่สมมติ</ins>" in page
    assert "ในฐานะ นักวิเคราะห์นโยบายและแผน" in page


def test_the_form_finds_and_says_how_many(office, as_person):
    rounds.close_round(office.round, by=office.coordinator)
    make_note_about_people(office)
    client = as_person(office.coordinator)

    found = client.get(LIST, {"text": "ปิดรอบ", "kind": "reportinground", "until": "31/12/2600"})
    nothing = client.get(LIST, {"text": "ไม่มีคำนี้เลย"})

    assert [row["line"].did for row in found.context["rows"]] == [
        f"ปิดรอบการรายงาน “{office.round}”"
    ]
    assert "พบ ๑ เหตุการณ์" in found.content.decode()
    assert "ไม่พบเหตุการณ์ตามที่ค้น" in nothing.content.decode()


def make_note_about_people(office) -> None:
    office.head_post.order = 9
    records.save(office.head_post, by=office.coordinator)


def test_staff_do_not_read_of_people_and_posts(office, as_person):
    make_note_about_people(office)
    rounds.close_round(office.round, by=office.coordinator)

    answer = as_person(office.staff).get(LIST)

    assert [row["line"].event.target_type for row in answer.context["rows"]] == ["reportinground"]
    assert "post" not in dict(answer.context["form"].fields["kind"].choices)


@pytest.mark.parametrize("count", [3, 60])
def test_the_list_asks_the_same_number_of_questions_however_long(
    office, as_person, django_assert_num_queries, count
):
    for number in range(count):
        office.head_post.order = number + 1
        records.save(office.head_post, by=office.coordinator)
    client = as_person(office.coordinator)

    with django_assert_num_queries(10):
        client.get(LIST)


@pytest.mark.parametrize("kind", ["document", "entry", "measure", "round"])
def test_each_thing_has_its_page(office, as_person, kind):
    document = make_draft(office)
    rounds.close_round(office.round, by=office.coordinator)
    thing = {
        "document": document,
        "entry": office.round.entries.first(),
        "measure": office.measures[0],
        "round": office.round,
    }[kind]

    answer = as_person(office.staff).get(of(kind, thing.pk))

    assert answer.status_code == 200
    assert answer.context["name"] == str(thing)
    assert kind == "measure" or answer.context["rows"]


def test_the_history_of_a_post_is_for_those_who_keep_posts(office, as_person):
    let_administer(office)
    make_note_about_people(office)
    address = of("post", office.head_post.pk)

    assert as_person(office.clerk).get(address).context["rows"]
    assert as_person(office.staff).get(address).status_code == 403
    assert as_person(office.outsider).get(address).status_code == 404


def test_what_was_deleted_still_has_its_history(office, as_person):
    measure = office.measures[1]
    number, name = measure.pk, str(measure)
    measures.delete_measure(measure, by=office.coordinator)

    answer = as_person(office.staff).get(of("measure", number))

    assert answer.context["name"] == name
    assert f"ลบมาตรการ “{name}”".replace("2.", "๒.") in answer.content.decode()
    assert as_person(office.outsider).get(of("measure", number)).status_code == 404


@pytest.mark.parametrize("address", [of("user", 1), of("document", 987_654), of("event", 1)])
def test_other_things_have_no_page(office, as_person, address):
    assert as_person(office.coordinator).get(address).status_code == 404


def test_the_page_of_a_document_leads_to_its_history(office, as_person):
    document = make_draft(office)

    page = as_person(office.staff).get(reverse("desk:document", args=[document.pk]))

    assert of("document", document.pk) in page.content.decode()


def rows_of(answer) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_file_has_what_the_list_found(office, as_person):
    publish(office)
    make_note_about_people(office)
    client = as_person(office.coordinator)
    typed = {"text": "อนุมัติ"}

    head, *rows = rows_of(client.get(reverse("desk:history_csv"), typed))

    found = client.get(LIST, typed).context["page"].paginator.count
    assert len(head) == 6
    assert len(rows) == found < Event.objects.count()
    assert all("อนุมัติ" in "".join(row) for row in rows)


def test_no_cell_of_the_file_is_run_as_a_formula(office, as_person):
    office.coordinator.first_name = "=1+1"
    office.coordinator.title = ""
    office.coordinator.save()
    rounds.close_round(office.round, by=office.coordinator)

    _head, closing, *_others = rows_of(
        as_person(office.coordinator).get(reverse("desk:history_csv"))
    )

    assert closing[1].startswith("'=1+1")
