"""What is locked when: every state of the document against every verb that changes its data."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from measures.domain import documents
from measures.domain.errors import Invalid, Locked
from measures.domain.filing import evidence
from measures.domain.planning import measures
from measures.domain.recording import progress, rounds
from measures.domain.recording.locks import lock_of_plan, lock_of_round
from measures.domain.signing import signoffs
from measures.models import Document, DocumentState, Measure, ProgressEntry, ReportingRound
from tests.factories.answered_plans import answer_last_year
from tests.factories.flow import make_approved, make_draft, make_in_state, publish, verbs_of
from tests.factories.people import make_measure, make_office, make_round
from tests.factories.pictures import picture

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TOMORROW = TODAY + datetime.timedelta(days=1)
EDITABLE = {DocumentState.DRAFT, DocumentState.RETURNED}


class Desk:
    """One entry with a piece of evidence, one measure, one document: something to press on."""

    def __init__(self, office):
        self.office = office
        self.by = office.coordinator
        self.entry = progress.entries_of(office.round)[0]
        self.evidence = evidence.attach_link(
            self.entry, by=self.by, url="https://example.go.th/1", caption="ประกาศ"
        )

    def record(self):
        entry = ProgressEntry.objects.get(pk=self.entry.pk)
        progress.record(entry, by=self.by, version=entry.version, status="done", result="ใหม่")

    def attach_file(self):
        upload = ContentFile(picture(), name="photo.jpg")
        evidence.attach_file(self.entry, by=self.by, upload=upload, caption="ภาพ")

    def attach_link(self):
        evidence.attach_link(
            self.entry, by=self.by, url="https://example.go.th/2", caption="ประกาศ"
        )

    def remove(self):
        evidence.remove(self.evidence, by=self.by)

    def save_measure(self):
        measure = Measure.objects.get(pk=self.office.measures[0].pk)
        measure.title = "ชื่อใหม่"
        measures.save_measure(measure, by=self.by)

    def delete_measure(self):
        measures.delete_measure(
            make_measure(self.office.organisation, self.office.works, number=9), by=self.by
        )

    def compile(self):
        documents.compile_report(self.office.round, by=self.by)

    def edit(self):
        document = Document.objects.order_by("-pk")[0]
        documents.edit(document, by=self.by, version=document.version, closing="ใหม่")


ENTRY_VERBS = ["record", "attach_file", "attach_link", "remove"]
PLAN_VERBS = ["save_measure", "delete_measure"]


def attempt(desk, verb):
    """Press and return the refusal; "" when it was done."""
    try:
        getattr(desk, verb)()
    except (Locked, Invalid) as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("state", DocumentState)
def test_entries_and_plan_are_locked_unless_the_document_is_on_the_desk(office, state):
    desk = Desk(office)
    make_in_state(office, state)
    before = verbs_of(office.organisation)

    answers = {verb: attempt(desk, verb) == "" for verb in [*ENTRY_VERBS, *PLAN_VERBS, "edit"]}

    assert answers == dict.fromkeys(answers, state in EDITABLE)
    assert (verbs_of(office.organisation) == before) == (state not in EDITABLE)


@pytest.mark.parametrize("state", DocumentState)
def test_compiling_again_makes_a_document_in_no_state(office, state):
    desk = Desk(office)
    make_in_state(office, state)

    answer = attempt(desk, "compile")

    assert (Document.objects.count(), answer == "") == (1, state != DocumentState.PUBLISHED)


@pytest.mark.parametrize("verb", ENTRY_VERBS)
def test_closed_round_takes_no_entries(office, verb):
    desk = Desk(office)
    office.round = rounds.close_round(office.round, by=office.coordinator)
    before = verbs_of(office.organisation)

    with pytest.raises(Locked) as refusal:
        getattr(desk, verb)()

    assert refusal.value.lock.rule == "ปิดรอบการรายงานแล้ว"
    assert refusal.value.lock.lifted_by == (
        "ผู้ประสานงานเปิดรอบอีกครั้ง หรืออนุญาตให้รายงานล่าช้าเป็นรายการได้ โดยระบุเหตุผล"
    )
    assert str(refusal.value) == refusal.value.lock.sentence()
    assert (verbs_of(office.organisation), Document.objects.count()) == (before, 0)
    office.round = rounds.reopen_round(office.round, by=office.coordinator, reason="ส่งไม่ทัน")
    getattr(desk, verb)()


@pytest.mark.parametrize("verb", [*ENTRY_VERBS, "compile"])
def test_round_that_has_not_opened_takes_nothing(office, verb):
    desk = Desk(office)
    ReportingRound.objects.update(opens_on=TOMORROW, due_on=TOMORROW)
    office.round.refresh_from_db()
    before = verbs_of(office.organisation)

    with pytest.raises(Locked) as refusal:
        getattr(desk, verb)()

    assert refusal.value.lock.rule == "รอบการรายงานยังไม่เปิด"
    assert verbs_of(office.organisation) == before


def test_report_is_compiled_after_the_round_was_closed(office):
    desk = Desk(office)
    office.round = rounds.close_round(office.round, by=office.coordinator)

    desk.compile()
    desk.edit()

    assert Document.objects.get().closing == "ใหม่"
    assert lock_of_round(office.round).rule == "ปิดรอบการรายงานแล้ว"


@pytest.mark.parametrize("verb", PLAN_VERBS)
def test_plan_is_not_locked_by_a_closed_round(office, verb):
    desk = Desk(office)
    rounds.close_round(office.round, by=office.coordinator)

    assert attempt(desk, verb) == ""


def test_round_opens_on_its_day(office):
    office.round.opens_on = TODAY

    assert lock_of_round(office.round) is None
    assert lock_of_round(office.round, TODAY - datetime.timedelta(days=1)) is not None


def test_overdue_round_still_takes_entries(office):
    assert office.round.is_overdue() is True
    assert lock_of_round(office.round) is None


def test_correction_opens_entries_and_plan_even_of_a_closed_round(office):
    publication = publish(office)
    rounds.close_round(office.round, by=office.coordinator)
    office.round.refresh_from_db()
    assert lock_of_round(office.round).rule == "เผยแพร่เป็นเอกสารแล้ว จึงแก้ไขไม่ได้"

    documents.start_correction(publication, by=office.coordinator, reason="ตัวเลขผิด")

    assert lock_of_round(office.round) is None
    assert lock_of_plan(office.organisation, 2564) is None


def test_correction_under_way_locks_again_when_it_is_sent(office):
    publication = publish(office)
    correction = documents.start_correction(publication, by=office.coordinator, reason="ตัวเลขผิด")
    signoffs.submit(correction, by=office.coordinator)

    assert lock_of_round(office.round).rule == (
        "เอกสารของรอบนี้มีสถานะ “อยู่ระหว่างเสนอลงนาม” จึงแก้ไขไม่ได้"
    )


def test_other_rounds_years_and_offices_are_not_locked(office):
    other = make_office()
    twelve = make_round(office.organisation, months=12)
    publish(office)

    assert lock_of_round(twelve) is None
    assert lock_of_plan(office.organisation, 2565) is None
    assert lock_of_round(other.round) is None
    assert lock_of_plan(other.organisation, 2564) is None


def test_draft_of_the_next_report_does_not_open_a_published_plan(office):
    publish(office)
    twelve = make_round(office.organisation, months=12)
    documents.compile_report(twelve, by=office.coordinator)

    assert lock_of_plan(office.organisation, 2564).rule == "เผยแพร่เป็นเอกสารแล้ว จึงแก้ไขไม่ได้"


def test_draft_plan_does_not_open_measures_whose_report_is_being_signed(office):
    make_in_state(office, DocumentState.IN_SIGNOFF)
    documents.compile_plan(office.organisation, 2564, by=office.coordinator)

    assert lock_of_plan(office.organisation, 2564).rule == (
        "เอกสารของรอบนี้มีสถานะ “อยู่ระหว่างเสนอลงนาม” จึงแก้ไขไม่ได้"
    )


def test_correction_opens_the_plan_of_a_year_with_several_publications(office):
    answer_last_year(office.organisation)
    publication = publish(office)
    plan = documents.compile_plan(office.organisation, 2564, by=office.coordinator)
    publish(office, make_approved(office, plan))

    documents.start_correction(publication, by=office.coordinator, reason="ตัวเลขผิด")

    assert lock_of_plan(office.organisation, 2564) is None


@pytest.mark.parametrize(
    ("state", "lifted_by"),
    [
        (
            DocumentState.IN_SIGNOFF,
            "ผู้ประสานงานเรียกคืนได้ก่อนมีผู้ลงนาม หรือผู้พิจารณาส่งกลับแก้ไข",
        ),
        (DocumentState.REFUSED, "ผู้ประสานงานนำเอกสารกลับมาแก้ไขได้โดยระบุเหตุผล"),
        (DocumentState.APPROVED, "ผู้ประสานงานนำเอกสารกลับมาแก้ไขได้โดยระบุเหตุผล"),
        (DocumentState.PUBLISHED, "ผู้ประสานงานเปิดได้โดยจัดทำฉบับแก้ไข"),
    ],
)
def test_lock_says_who_can_lift_it(office, state, lifted_by):
    make_in_state(office, state)

    assert lock_of_round(office.round).lifted_by == lifted_by


def test_draft_alone_locks_nothing(office):
    make_draft(office)

    assert (lock_of_round(office.round), lock_of_plan(office.organisation, 2564)) == (None, None)
