"""Starting a plan in the desk: from findings, from last year; marks, checklist and document."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.domain.planning.review_marks import mark
from measures.models import Document, Measure
from tests.factories.analysis import make_finding
from tests.factories.answered_plans import answer_last_year
from tests.factories.flow import publish, submit
from tests.factories.people import make_measure, make_office

pytestmark = pytest.mark.django_db


def page(client, name, *arguments, **query):
    return client.get(reverse(name, args=arguments), query)


def test_findings_are_offered_with_what_answers_them_already(office, as_person):
    first, second = (make_finding(office.organisation, 2563) for _ in range(2))
    office.measures[0].findings.set([first])
    make_finding(make_office().organisation, 2563, analysis="ของหน่วยงานอื่น")
    make_finding(office.organisation, 2562, analysis="ของปีอื่น")

    response = page(as_person(office.coordinator), "desk:plan_from_findings", 2564)

    assert response.context["rows"] == [
        (first, [office.measures[0]], False),
        (second, [], True),
    ]
    assert {"ของหน่วยงานอื่น", "ของปีอื่น"} & set(response.content.decode().split()) == set()


def test_chosen_findings_become_measures(office, as_person):
    findings = [make_finding(office.organisation, 2564) for _ in range(3)]
    address = reverse("desk:plan_from_findings", args=[2565])

    response = as_person(office.coordinator).post(
        address, {"findings": [findings[0].pk, findings[2].pk]}
    )

    assert response["Location"] == reverse("desk:plan", args=[2565])
    made = Measure.objects.of_year(2565).order_by("number")
    assert [list(measure.findings.all()) for measure in made] == [[findings[0]], [findings[2]]]
    as_person(office.coordinator).post(address, {"findings": [f.pk for f in findings]})
    assert Measure.objects.of_year(2565).count() == 3


def test_findings_of_another_office_cannot_be_chosen(office, as_person):
    make_finding(office.organisation, 2564)
    strange = make_finding(make_office().organisation, 2564)

    response = as_person(office.coordinator).post(
        reverse("desk:plan_from_findings", args=[2565]), {"findings": [strange.pk]}
    )

    assert response.status_code == 422
    assert Measure.objects.of_year(2565).count() == 0


def test_choosing_nothing_says_what_to_do(office, as_person):
    make_finding(office.organisation, 2564)

    response = as_person(office.coordinator).post(
        reverse("desk:plan_from_findings", args=[2565]), {"as_one": "on"}
    )

    assert (response.status_code, "โปรดเลือกอย่างน้อยหนึ่งข้อ" in response.content.decode()) == (
        422,
        True,
    )
    assert response.context["form"]["as_one"].value() is True


@pytest.mark.parametrize(
    ("name", "field", "told"),
    [
        ("desk:plan_from_findings", "findings", "ข้อที่เลือกไว้ถูกลบไปแล้ว"),
        ("desk:plan_copy", "measures", "มาตรการที่เลือกไว้ถูกลบไปแล้ว"),
    ],
)
def test_what_was_deleted_meanwhile_is_said_and_the_rest_stays_chosen(
    office, as_person, name, field, told
):
    kept = (make_finding(office.organisation, 2564), office.measures[0])[field == "measures"]

    response = as_person(office.coordinator).post(
        reverse(name, args=[2565]), {field: [kept.pk, 999_999]}
    )

    assert (response.status_code, told in response.content.decode()) == (422, True)
    assert next(iter(response.context["rows"]))[-1] is True
    assert Measure.objects.of_year(2565).count() == 0


def test_measures_of_the_newest_year_before_are_offered_for_copying(office, as_person):
    make_measure(office.organisation, fiscal_year=2562, title="ของปีเก่า")
    client = as_person(office.coordinator)

    newest = page(client, "desk:plan_copy", 2565)
    asked = page(client, "desk:plan_copy", 2565, from_year="2562")
    absurd = page(client, "desk:plan_copy", 2565, from_year="x")

    assert [row.measure for row, _is_ticked in newest.context["rows"]] == office.measures
    assert [row.measure.title for row, _is_ticked in asked.context["rows"]] == ["ของปีเก่า"]
    assert absurd.context["from_year"] == 2564


def test_chosen_measures_are_copied(office, as_person):
    address = reverse("desk:plan_copy", args=[2565]) + "?from_year=2564"

    response = as_person(office.coordinator).post(address, {"measures": [office.measures[1].pk]})

    assert response["Location"] == reverse("desk:plan", args=[2565])
    assert Measure.objects.get(fiscal_year=2565).copied_from == office.measures[1]
    again = as_person(office.coordinator).get(address)
    assert [(row.is_copied, is_ticked) for row, is_ticked in again.context["rows"]] == [
        (False, True),
        (True, False),
    ]


def test_a_page_on_which_nothing_is_left_to_choose_says_so(office, as_person):
    finding = make_finding(office.organisation, 2563)
    office.measures[0].findings.set([finding])
    client = as_person(office.coordinator)
    copies = reverse("desk:plan_copy", args=[2565])
    client.post(copies, {"measures": [measure.pk for measure in office.measures]})

    answered = page(client, "desk:plan_from_findings", 2564).content.decode()
    copied = client.get(copies).content.decode()

    assert ("ทุกข้อมีมาตรการรองรับแล้ว" in answered, "ลงในแผน</button>" in answered) == (True, False)
    assert ("คัดลอกครบทุกมาตรการ" in copied, "ที่เลือก</button>" in copied) == (True, False)


def test_a_signed_plan_takes_no_copies_and_says_why(office, as_person):
    earlier = make_measure(office.organisation, fiscal_year=2563)
    submit(office)
    address = reverse("desk:plan_copy", args=[2564])
    client = as_person(office.coordinator)

    response = client.post(address, {"measures": [earlier.pk]})

    assert response.status_code == 422
    assert "อยู่ระหว่างเสนอลงนาม" in response.content.decode()
    assert "คัดลอกมาตรการที่เลือก</button>" not in client.get(address).content.decode()
    assert Measure.objects.of_year(2564).count() == 2


def test_marks_are_counted_on_the_plan_and_shown_on_the_measure(office, as_person):
    marked = office.measures[0]
    marked.to_review = [mark("title", "มีปีเดิม"), mark("steps", "ตรวจกำหนด")]
    marked.save()
    client = as_person(office.coordinator)

    plan = page(client, "desk:plan", 2564)
    measure = page(client, "desk:measure", marked.pk)

    assert "ต้องทบทวน ๒" in plan.content.decode()
    assert "มี ๑ จาก ๒ มาตรการที่ยังต้องทบทวน" in plan.content.decode()
    assert [(each.note, section) for each, section in measure.context["marks"]] == [
        ("มีปีเดิม", "what"),
        ("ตรวจกำหนด", "steps"),
    ]
    # Once in the list of all, once where it is mended.
    assert measure.content.decode().count("ตรวจกำหนด") == 2
    client.post(reverse("desk:measure_reviewed", args=[marked.pk]), {"field": "title"})
    assert [each["field"] for each in Measure.objects.get(pk=marked.pk).to_review] == ["steps"]
    assert "ต้องทบทวน ๒" not in page(client, "desk:plan", 2564).content.decode()


def test_the_checklist_leads_to_what_is_missing_until_it_is_there(office, as_person):
    client = as_person(office.coordinator)

    before = page(client, "desk:plan", 2564).content.decode()
    answer_last_year(office.organisation)
    after = page(client, "desk:plan", 2564).content.decode()

    links = [reverse("desk:result", args=[2563]), reverse("desk:analysis", args=[2563])]
    assert [f'href="{link}"' in before for link in links] == [True, True]
    assert [f'href="{link}"' in after for link in links] == [False, False]
    assert (before.count("ยังขาด</span>"), after.count("ยังขาด</span>")) == (3, 0)
    reader = page(as_person(office.staff), "desk:plan", 2564).content.decode()
    assert "เริ่มแผนปีนี้" in before
    assert "เริ่มแผนปีนี้" not in reader


def test_the_document_of_the_plan_is_compiled_once(office, as_person):
    client = as_person(office.coordinator)
    address = reverse("desk:plan_compile", args=[2564])

    first, second = client.post(address), client.post(address)

    document = Document.objects.get()
    assert first["Location"] == second["Location"] == reverse("desk:document", args=[document.pk])
    shown = page(client, "desk:plan", 2564).content.decode()
    assert (reverse("desk:document", args=[document.pk]) in shown, address in shown) == (
        True,
        False,
    )


def test_an_offices_next_plan_has_a_page_before_it_has_a_measure(office, as_person):
    client = as_person(office.coordinator)

    assert page(client, "desk:plan", 2565).status_code == 200
    assert page(client, "desk:plan", 2566).status_code == 404
    make_finding(office.organisation, 2565)
    assert page(client, "desk:plan", 2566).status_code == 200


def test_a_published_plan_offers_no_start_but_still_reads(office, as_person):
    publish(office)

    shown = page(as_person(office.coordinator), "desk:plan", 2564).content.decode()

    assert reverse("desk:plan_copy", args=[2564]) not in shown
    assert reverse("desk:plan_library", args=[2564]) in shown


@pytest.mark.parametrize(
    ("name", "year"), [("desk:plan_from_findings", 2564), ("desk:plan_copy", 2565)]
)
def test_pages_ask_as_often_for_one_row_as_for_three(office, as_person, name, year):
    client = as_person(office.coordinator)
    make_finding(office.organisation, 2563)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert page(client, name, year).status_code == 200
        return len(asked)

    few = queries()
    for number in (3, 4):
        make_finding(office.organisation, 2563)
        make_measure(office.organisation, office.works, number=number)

    assert queries() == few
