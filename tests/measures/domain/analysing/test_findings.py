"""Findings: who writes them, what they may hold, what locks them, what the log says."""

import pytest

from measures.domain.analysing import findings as verbs
from measures.domain.errors import Invalid, Locked, Stale
from measures.models import DocumentState, Event, Finding, Severity
from measures.permissions import NotAllowed
from tests.factories.analysis import item_of, make_finding, make_framework, make_remedy
from tests.factories.flow import make_in_state, verbs_of
from tests.factories.people import make_administrator, make_measure, make_office

pytestmark = pytest.mark.django_db

# The office's round is of 2564: its plan answers the result of 2563.
YEAR = 2563


@pytest.fixture
def framework():
    return make_framework(
        YEAR, {"I7": (2, "ทราบงบประมาณ"), "I8": (2, "ร่วมงบประมาณ"), "O11": (9, "แผนงบประมาณ")}
    )


def new(office, **changes):
    values = {"fiscal_year": YEAR, "analysis": "บุคลากรบางส่วนไม่ทราบแผน"}
    return Finding(organisation=office.organisation, **values | changes)


def test_a_new_finding_is_stored_with_its_items_and_the_next_number(office, framework):
    make_finding(office.organisation, YEAR, number=4)
    item = item_of(YEAR, "I7")

    finding = verbs.save_finding(
        new(office, indicator=item.indicator, severity=Severity.FIX_AT_ONCE, references=" o11 "),
        by=office.coordinator,
        items=[item],
    )

    stored = Finding.objects.get(pk=finding.pk)
    assert (stored.number, stored.references, list(stored.items.all())) == (5, "o11", [item])
    event = office.organisation.events.get()
    assert (event.verb, event.data["before"], event.data["after"]["items"]) == (
        "finding_saved",
        None,
        ["I7"],
    )


def test_a_change_is_logged_with_before_and_after_and_nothing_where_nothing_changed(
    office, framework
):
    finding = make_finding(office.organisation, YEAR, "I7")

    verbs.save_finding(finding, by=office.coordinator, items=[item_of(YEAR, "I7")])
    assert not Event.objects.exists()

    finding.analysis = "ทราบน้อยลง"
    verbs.save_finding(finding, by=office.coordinator, items=[item_of(YEAR, "I8")])
    data = office.organisation.events.get().data
    assert [(data[when]["analysis"], data[when]["items"]) for when in ("before", "after")] == [
        ("บุคลากรยังไม่ทราบแผนงบประมาณ", ["I7"]),
        ("ทราบน้อยลง", ["I8"]),
    ]


def test_items_stay_where_none_are_given(office, framework):
    finding = make_finding(office.organisation, YEAR, "I7 I8")

    verbs.save_finding(finding, by=office.coordinator)

    assert finding.items.count() == 2


def test_what_a_person_saves_is_a_draft_no_longer(office, framework):
    finding = make_finding(office.organisation, YEAR, "I7", is_draft=True)

    verbs.save_finding(finding, by=office.coordinator)

    assert not Finding.objects.get().is_draft
    assert verbs_of(office.organisation) == ["finding_saved"]


def test_a_draft_can_be_accepted_once(office, framework):
    finding = make_finding(office.organisation, YEAR, "I7", is_draft=True)

    verbs.accept_draft(finding, by=office.coordinator)

    assert not Finding.objects.get().is_draft
    assert verbs_of(office.organisation) == ["finding_accepted"]
    with pytest.raises(Invalid, match="ไม่ใช่ร่างแล้ว"):
        verbs.accept_draft(finding, by=office.coordinator)


@pytest.mark.parametrize("verb", [verbs.save_finding, verbs.accept_draft, verbs.delete_finding])
@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_who_coordinates_the_office_writes_findings(office, framework, verb, who):
    finding = make_finding(office.organisation, YEAR, "I7", is_draft=True)

    with pytest.raises(NotAllowed):
        verb(finding, by=getattr(office, who))

    assert (Finding.objects.get().is_draft, Event.objects.count()) == (True, 0)


def test_the_administrator_may(office, framework):
    assert verbs.save_finding(new(office), by=make_administrator(), items=[]).pk


def test_a_finding_of_another_office_cannot_be_taken_over(office, framework):
    finding = make_finding(make_office().organisation, YEAR, "I7")
    finding.organisation = office.organisation

    with pytest.raises(NotAllowed):
        verbs.save_finding(finding, by=office.coordinator)

    assert Finding.objects.get().organisation != office.organisation


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"analysis": " "}, "โปรดกรอกการวิเคราะห์"),
        ({"references": "o1, " * 60}, "เกินกำหนด 200 ตัวอักษร"),
        ({"number": 1}, "มี"),
        ({"fiscal_year": 1999}, "มากกว่าหรือเท่ากับ 2556"),
    ],
)
def test_what_cannot_stand_is_refused(office, framework, changes, says):
    make_finding(office.organisation, YEAR, number=1)

    with pytest.raises(Invalid, match=says):
        verbs.save_finding(new(office, **changes), by=office.coordinator, items=[])

    assert Finding.objects.count() == 1


@pytest.mark.parametrize("what", ["items", "indicator", "remedy"])
def test_nothing_of_another_years_framework_is_taken(office, framework, what):
    make_framework(2562, {"I7": (2, "ของปีก่อน")})
    item = item_of(2562, "I7")
    changes = {"indicator": item.indicator} if what == "indicator" else {}
    if what == "remedy":
        changes = {"remedy": make_remedy(2562, 1, "I7")}

    with pytest.raises(Invalid, match="เป็นของกรอบปี 2562"):
        verbs.save_finding(
            new(office, **changes),
            by=office.coordinator,
            items=[item] if what == "items" else [],
        )

    assert not Finding.objects.exists()


def test_a_finding_does_not_move_to_a_year_its_items_are_not_of(office, framework):
    finding = make_finding(office.organisation, YEAR, "I7", indicator=None)
    finding.fiscal_year = 2562

    with pytest.raises(Invalid, match="เป็นของกรอบปี 2563"):
        verbs.save_finding(finding, by=office.coordinator)


def test_a_page_out_of_date_saves_nothing(office, framework):
    finding = make_finding(office.organisation, YEAR, "I7")
    seen = verbs.state_of(finding)
    Finding.objects.update(analysis="คนอื่นแก้แล้ว")
    finding.analysis = "ของฉัน"

    with pytest.raises(Stale):
        verbs.save_finding(finding, by=office.coordinator, seen=seen)

    assert Finding.objects.get().analysis == "คนอื่นแก้แล้ว"


def test_a_finding_that_a_measure_answers_stays(office, framework):
    finding = make_finding(office.organisation, YEAR, "I7")
    office.measures[0].findings.add(finding)

    with pytest.raises(Invalid, match="มาตรการที่ 1/2564"):
        verbs.delete_finding(finding, by=office.coordinator)
    office.measures[0].findings.clear()
    verbs.delete_finding(finding, by=office.coordinator)

    assert not Finding.objects.exists()
    event = office.organisation.events.get()
    assert (event.verb, event.data["before"]["items"]) == ("finding_deleted", ["I7"])


LOCKING = [
    DocumentState.IN_SIGNOFF,
    DocumentState.REFUSED,
    DocumentState.APPROVED,
    DocumentState.PUBLISHED,
]


@pytest.mark.parametrize("state", LOCKING)
def test_the_analysis_is_locked_with_the_plan_that_prints_it(office, framework, state):
    finding = make_finding(office.organisation, YEAR, "I7", is_draft=True)
    make_in_state(office, state)
    before = Event.objects.count()

    for verb in (
        lambda: verbs.save_finding(finding, by=office.coordinator),
        lambda: verbs.save_finding(new(office), by=office.coordinator),
        lambda: verbs.accept_draft(finding, by=office.coordinator),
        lambda: verbs.delete_finding(finding, by=office.coordinator),
    ):
        with pytest.raises(Locked):
            verb()

    assert (Finding.objects.get().is_draft, Event.objects.count()) == (True, before)


@pytest.mark.parametrize("state", [DocumentState.DRAFT, DocumentState.RETURNED])
def test_a_draft_of_the_document_locks_nothing(office, framework, state):
    make_in_state(office, state)

    assert verbs.save_finding(new(office), by=office.coordinator).pk


def test_a_published_plan_is_opened_by_a_correction_and_never_amended_in_its_analysis(office):
    make_in_state(office, DocumentState.PUBLISHED)

    lock = verbs.lock_of_findings(office.organisation, YEAR)

    assert lock is not None
    assert (lock.is_amendable, lock.lifted_by) == (False, "ผู้ประสานงานเปิดได้โดยจัดทำฉบับแก้ไข")


def test_the_year_of_the_document_itself_is_open(office, framework):
    make_in_state(office, DocumentState.PUBLISHED)
    make_measure(office.organisation, office.finance, fiscal_year=2565)

    assert verbs.save_finding(new(office, fiscal_year=2564), by=office.coordinator).pk


def test_a_finding_does_not_leave_a_locked_year(office, framework):
    finding = make_finding(office.organisation, YEAR, indicator=None)
    make_in_state(office, DocumentState.PUBLISHED)
    finding.fiscal_year = 2562

    with pytest.raises(Locked):
        verbs.save_finding(finding, by=office.coordinator)
