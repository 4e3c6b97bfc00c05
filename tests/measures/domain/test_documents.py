"""Compiling, editing, taking back and correcting documents."""

import datetime

import pytest

from measures.domain import documents
from measures.domain.documents import missing
from measures.domain.errors import Invalid, Locked, Stale
from measures.domain.recording import progress
from measures.models import ChainPost, Document, DocumentState, Measure, PostHolding, ProgressEntry
from measures.permissions import NotAllowed
from tests.factories.answered_plans import answer_last_year
from tests.factories.flow import (
    REASON,
    make_approved,
    make_draft,
    make_in_state,
    publish,
    verbs_of,
)
from tests.factories.people import make_administrator, make_office

pytestmark = pytest.mark.django_db

DAY = datetime.datetime(2021, 3, 31, 18, 30, tzinfo=datetime.UTC)  # already 1 April in Thailand


def edit(desk, document, **changes):
    values = {"by": desk.coordinator, "version": document.version}
    return documents.edit(document, **values | changes)


# Compiling ---------------------------------------------------------------------------------------


def test_report_is_drafted_from_the_data(office):
    document = documents.compile_report(office.round, by=office.coordinator, now=DAY)

    stored = Document.objects.get()
    assert (stored, stored.kind, stored.fiscal_year, stored.round, stored.state) == (
        document,
        "progress_report",
        2564,
        office.round,
        "draft",
    )
    assert (stored.dated, stored.updated_at, stored.updated_by, stored.version) == (
        datetime.date(2021, 4, 1),
        DAY,
        office.coordinator,
        1,
    )
    assert ProgressEntry.objects.count() == 3
    assert verbs_of(office.organisation) == ["document_compiled"]


def test_fields_given_replace_the_prefilled_ones(office):
    document = documents.compile_report(
        office.round, by=office.coordinator, subject="เรื่องที่ตั้งเอง\r\n", dated=None
    )

    assert (document.subject, document.dated) == ("เรื่องที่ตั้งเอง", None)


def test_compiling_twice_is_one_document(office):
    first = documents.compile_report(office.round, by=office.coordinator)
    second = documents.compile_report(office.round, by=make_administrator(), subject="อื่น")

    assert (second, Document.objects.count()) == (first, 1)


def test_published_report_is_not_compiled_again(office):
    publish(office)

    with pytest.raises(Locked):
        documents.compile_report(office.round, by=office.coordinator)

    assert Document.objects.count() == 1


def test_plan_is_drafted_once_a_year(office):
    answer_last_year(office.organisation)
    first = documents.compile_plan(office.organisation, 2564, by=office.coordinator)
    second = documents.compile_plan(office.organisation, 2564, by=office.coordinator)

    assert (second, first.kind, first.round) == (first, "plan", None)
    publish(office, make_approved(office, first))
    with pytest.raises(Invalid) as refusal:
        documents.compile_plan(office.organisation, 2564, by=office.coordinator)
    assert str(refusal.value) == ("แผนของปีนี้เผยแพร่แล้ว หากต้องแก้ไขโปรดจัดทำฉบับแก้ไขจากหน้าเอกสารที่เผยแพร่")


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_the_coordinator_compiles_and_edits(office, who):
    person = getattr(office, who)
    with pytest.raises(NotAllowed):
        documents.compile_report(office.round, by=person)
    with pytest.raises(NotAllowed):
        documents.compile_plan(office.organisation, 2564, by=person)
    assert Document.objects.count() == 0

    document = documents.compile_report(office.round, by=office.coordinator)
    with pytest.raises(NotAllowed):
        edit(office, document, by=person, subject="อื่น")
    assert Document.objects.get().subject == document.subject


def test_field_that_no_document_has_is_a_programmers_mistake(office):
    with pytest.raises(TypeError, match="state"):
        documents.compile_report(office.round, by=office.coordinator, state="approved")


# Editing -----------------------------------------------------------------------------------------


def test_editing_logs_what_changed_and_only_that(office):
    document = make_draft(office)
    closing = document.closing

    edited = edit(office, document, closing="โปรดพิจารณา", subject=document.subject)

    assert (edited.closing, edited.version) == ("โปรดพิจารณา", 2)
    event = office.organisation.events.order_by("-sequence")[0]
    assert (event.verb, event.data) == (
        "document_edited",
        {"closing": {"before": closing, "after": "โปรดพิจารณา"}},
    )


def test_editing_over_an_old_version_is_refused(office):
    document = make_draft(office)
    edit(office, document, closing="โปรดพิจารณา")

    with pytest.raises(Stale) as refusal:
        edit(office, document, closing="อีกคน")

    assert str(refusal.value) == ("มีผู้อื่นแก้ไขเอกสารนี้ก่อนท่าน โปรดเทียบกับฉบับล่าสุดแล้วบันทึกอีกครั้ง")
    assert Document.objects.get().closing == "โปรดพิจารณา"


def test_second_press_of_the_same_edit_changes_nothing(office):
    document = make_draft(office)
    edit(office, document, closing="โปรดพิจารณา")

    again = edit(office, document, closing="โปรดพิจารณา")

    assert again.version == 2
    assert verbs_of(office.organisation).count("document_edited") == 1


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("office", ""),
        ("subject", " "),
        ("addressee", ""),
        ("opening", "\n"),
        ("closing", ""),
        ("subject", "ก" * 501),
        ("number", "ก" * 51),
        ("opening", "ก" * 20_001),
        ("layout", "no_such_layout"),
    ],
)
def test_memo_that_cannot_be_printed_is_not_stored(office, field, text):
    document = make_draft(office)

    with pytest.raises(Invalid):
        edit(office, document, **{field: text})

    assert Document.objects.get().version == document.version


@pytest.mark.parametrize(
    "state", [state for state in DocumentState if state not in ("draft", "returned")]
)
def test_document_off_the_desk_is_not_edited(office, state):
    document = make_in_state(office, state)

    with pytest.raises(Invalid) as refusal:
        edit(office, document, closing="ใหม่")

    assert str(refusal.value) == f"เอกสารมีสถานะ “{DocumentState(state).label}” จึงแก้ไขไม่ได้"


# Ways back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [DocumentState.REFUSED, DocumentState.APPROVED])
def test_document_is_taken_back_with_a_reason_once(office, state):
    document = make_in_state(office, state)

    reopened = documents.reopen(document, by=office.coordinator, reason=REASON)
    documents.reopen(document, by=office.coordinator, reason=REASON)

    assert reopened.state == "draft"
    events = office.organisation.events.filter(verb="document_reopened")
    assert [event.data for event in events] == [{"reason": REASON}]


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_the_coordinator_takes_back(office, who):
    document = make_approved(office)

    with pytest.raises(NotAllowed):
        documents.reopen(document, by=getattr(office, who), reason=REASON)

    assert Document.objects.get().state == "approved"


def test_correction_starts_as_a_copy_with_its_reason(office):
    publication = publish(office)

    correction = documents.start_correction(publication, by=office.coordinator, reason=REASON)

    original = publication.document
    assert (correction.corrects, correction.correction_reason, correction.state) == (
        original,
        REASON,
        "draft",
    )
    copied = ("kind", "fiscal_year", "round", "layout", "dated", *documents.EDITABLE_TEXTS)
    assert [getattr(correction, name) for name in copied] == [
        getattr(original, name) for name in copied
    ]
    event = office.organisation.events.order_by("-sequence")[0]
    assert (event.verb, event.data) == (
        "correction_started",
        {"corrects": publication.code, "reason": REASON},
    )


def test_correction_under_way_is_returned(office):
    publication = publish(office)

    first = documents.start_correction(publication, by=office.coordinator, reason=REASON)
    second = documents.start_correction(publication, by=office.coordinator, reason="อื่น")

    assert (second, Document.objects.count()) == (first, 2)


def test_superseded_publication_is_not_corrected_again(office):
    publication = publish(office)
    correction = documents.start_correction(publication, by=office.coordinator, reason=REASON)
    publish(office, make_approved(office, correction), pdf=b"%PDF-1.7 second")

    with pytest.raises(Invalid) as refusal:
        documents.start_correction(publication, by=office.coordinator, reason=REASON)

    assert str(refusal.value) == "ฉบับนี้ถูกแทนที่แล้ว โปรดแก้ไขจากฉบับปัจจุบัน"


def test_correction_needs_a_reason_and_a_coordinator(office):
    publication = publish(office)

    with pytest.raises(Invalid):
        documents.start_correction(publication, by=office.coordinator, reason=" ")
    for person in (office.mayor, office.outsider, make_administrator()):
        with pytest.raises(NotAllowed):
            documents.start_correction(publication, by=person, reason=REASON)

    assert Document.objects.count() == 1


# What is missing ----------------------------------------------------------------------------------


def test_complete_document_misses_nothing(office):
    assert missing(make_draft(office)) == []


def test_everything_missing_is_named_one_by_one(office):
    document = documents.compile_report(office.round, by=office.coordinator, dated=None)
    entries = progress.entries_of(office.round)
    progress.record(entries[0], by=office.staff, version=0, status="done")
    PostHolding.objects.filter(post=office.head_post).update(ends_on=datetime.date(2021, 9, 30))
    ChainPost.objects.filter(post=office.mayor_post).delete()

    assert missing(document) == [
        "ยังไม่ได้ระบุวันที่ของเอกสาร",
        "มาตรการที่ 1: กองคลัง ยังไม่ได้รายงาน",
        "มาตรการที่ 2: กองคลัง ยังไม่ได้รายงาน",
        "ตำแหน่งหัวหน้าสำนักปลัด ในสายการลงนามว่าง โปรดตั้งผู้รักษาการก่อน",
        "ยังไม่ได้กำหนดตำแหน่งผู้อนุมัติในสายการลงนาม",
    ]


def test_plan_needs_measures(office):
    Measure.objects.all().delete()
    make_office()  # whose measures do not count
    plan = documents.compile_plan(office.organisation, 2564, by=office.coordinator)

    assert missing(plan) == ["ยังไม่มีมาตรการของปีงบประมาณนี้"]
