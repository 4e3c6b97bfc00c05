"""Leave to report late: by whom, for which entry, until when; logged, and marked on the entry."""

import pytest
from django.core.files.base import ContentFile

from measures.domain import documents
from measures.domain.errors import Invalid, Locked
from measures.domain.filing import evidence
from measures.domain.recording import late_permits, progress, rounds
from measures.domain.recording.locks import lock_of_entry, lock_of_round
from measures.models import DocumentState, LatePermit, Notice, ProgressEntry
from measures.permissions import NotAllowed
from tests.factories.flow import make_in_state, verbs_of
from tests.factories.late_permits import close_by_date, close_by_hand, days, first_entry_of, permit
from tests.factories.people import hold, make_user
from tests.factories.pictures import picture

pytestmark = pytest.mark.django_db


def record(entry, by):
    entry = ProgressEntry.objects.get(pk=entry.pk)
    return progress.record(entry, by=by, version=entry.version, status="done", result="จัดแล้ว")


@pytest.fixture(params=[close_by_date, close_by_hand], ids=["last day passed", "closed by hand"])
def closed(office, request):
    """An office whose round takes no entries any more."""
    progress.entries_of(office.round)
    request.param(office)
    return office


def test_leave_opens_one_entry_to_its_division_and_marks_it(closed):
    own = first_entry_of(closed, closed.finance)
    others = first_entry_of(closed, closed.secretariat)

    given = permit(closed, own)
    recorded = record(own, closed.finance_staff)

    assert ProgressEntry.objects.get(pk=recorded.pk).late_permit == given
    with pytest.raises(Locked):
        record(others, closed.staff)
    assert lock_of_round(closed.round) is not None


@pytest.mark.parametrize("door", ["attach_file", "attach_link"])
def test_evidence_comes_in_with_the_same_leave(closed, door):
    own = first_entry_of(closed, closed.finance)
    given = {"caption": "ใบเสร็จ", "by": closed.finance_staff}
    more = (
        {"upload": ContentFile(picture(), name="photo.jpg")}
        if door == "attach_file"
        else {"url": "https://example.go.th/receipt"}
    )
    with pytest.raises(Locked):
        getattr(evidence, door)(own, **given, **more)

    permit(closed, own)

    assert getattr(evidence, door)(own, **given, **more).entry == own


def test_entry_recorded_while_the_round_was_open_is_not_late(office):
    recorded = record(first_entry_of(office, office.finance), office.finance_staff)

    assert recorded.late_permit is None


def test_leave_for_one_person_opens_nothing_for_colleagues(closed):
    own = first_entry_of(closed, closed.finance)
    colleague = make_user()
    hold(closed.finance_post, colleague)

    permit(closed, own, person=closed.finance_staff)

    assert lock_of_entry(own, by=closed.finance_staff) is None
    assert lock_of_entry(own, by=colleague) is not None
    assert lock_of_entry(own) is not None


def test_leave_ends_after_its_last_day(closed):
    own = first_entry_of(closed, closed.finance)

    permit(closed, own, allowed_until=days(2))

    assert lock_of_entry(own, by=closed.finance_staff, on=days(2)) is None
    assert lock_of_entry(own, by=closed.finance_staff, on=days(3)) is not None


def test_leave_that_was_taken_back_opens_nothing_and_what_was_recorded_stays_marked(closed):
    own = first_entry_of(closed, closed.finance)
    given = permit(closed, own)
    record(own, closed.finance_staff)

    late_permits.withdraw(given, by=closed.coordinator)
    late_permits.withdraw(given, by=closed.coordinator)

    with pytest.raises(Locked):
        record(own, closed.finance_staff)
    assert ProgressEntry.objects.get(pk=own.pk).late_permit == given
    assert verbs_of(closed.organisation).count("late_permit_withdrawn") == 1


@pytest.mark.parametrize("state", sorted(set(DocumentState) - {"draft", "returned"}))
def test_leave_opens_nothing_that_a_document_locks(office, state):
    own = first_entry_of(office, office.finance)
    make_in_state(office, state)
    LatePermit.objects.create(  # written by another program: the verb would refuse
        entry=own,
        reason="รอใบเสร็จ",
        allowed_until=days(1),
        granted_at=office.round.organisation.events.first().at,
        granted_by=office.coordinator,
    )

    assert lock_of_entry(own, by=office.finance_staff) is not None
    with pytest.raises(Locked):
        record(own, office.finance_staff)


def test_leave_is_logged_with_its_reason(closed):
    own = first_entry_of(closed, closed.finance)

    permit(closed, own, person=closed.finance_staff)

    event = closed.organisation.events.get(verb="late_permitted")
    assert (event.target_id, event.data) == (
        own.pk,
        {
            "reason": "รอใบเสร็จรับเงิน",
            "allowed_until": days(1).isoformat(),
            "person": str(closed.finance_staff),
        },
    )


def test_those_who_may_record_again_are_told_and_nobody_else(closed):
    own = first_entry_of(closed, closed.finance)

    permit(closed, own)

    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (closed.finance_staff, "late_permit")
    assert "รอใบเสร็จรับเงิน" in notice.body
    assert notice.path == f"/desk/entries/{own.pk}/"


def test_the_same_leave_twice_is_one(closed):
    own = first_entry_of(closed, closed.finance)

    assert permit(closed, own) == permit(closed, own)
    assert LatePermit.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": " "}, "โปรดกรอกเหตุผลที่อนุญาตให้รายงานล่าช้า"),
        ({"allowed_until": days(-1)}, "วันสุดท้ายที่อนุญาตต้องเป็นวันนี้หรือหลังจากนี้"),
    ],
)
def test_leave_that_cannot_be_is_refused(closed, changes, message):
    with pytest.raises(Invalid) as refusal:
        permit(closed, first_entry_of(closed, closed.finance), **changes)

    assert str(refusal.value) == message
    assert not LatePermit.objects.exists()


def test_leave_for_somebody_of_another_division_is_refused(closed):
    with pytest.raises(Invalid, match="ไม่ได้รายงานของกองคลัง"):
        permit(closed, first_entry_of(closed, closed.finance), person=closed.staff)


def test_open_round_needs_no_leave(office):
    with pytest.raises(Invalid) as refusal:
        permit(office, first_entry_of(office, office.finance))

    assert str(refusal.value) == "รอบการรายงานยังเปิดอยู่ จึงไม่ต้องอนุญาตเป็นรายการ"


@pytest.mark.parametrize("name", ["staff", "finance_staff", "head", "mayor", "outsider"])
def test_only_the_coordinator_gives_and_takes_back(closed, name):
    own = first_entry_of(closed, closed.finance)
    given = permit(closed, own)

    with pytest.raises(NotAllowed):
        late_permits.grant(own, by=getattr(closed, name), reason="ขอส่งเพิ่ม", allowed_until=days(5))
    with pytest.raises(NotAllowed):
        late_permits.withdraw(given, by=getattr(closed, name))

    assert LatePermit.objects.get().withdrawn_at is None


def test_correction_opens_what_was_closed_without_leave(office):
    document = make_in_state(office, DocumentState.PUBLISHED)
    close_by_hand(office)

    documents.start_correction(document.publication, by=office.coordinator, reason="ตัวเลขผิด")

    own = first_entry_of(office, office.finance)
    assert lock_of_entry(own, by=office.finance_staff) is None
    assert record(own, office.finance_staff).late_permit is None


def test_moving_the_last_day_opens_the_round_again_with_a_reason(office):
    close_by_date(office)
    dates = {"opens_on": office.round.opens_on, "due_on": office.round.due_on}

    with pytest.raises(Invalid, match="โปรดกรอกเหตุผลที่เลื่อนวันปิดรอบ"):
        rounds.reschedule(office.round, **dates, closes_on=days(3), by=office.coordinator)
    rounds.reschedule(
        office.round, **dates, closes_on=days(3), reason="น้ำท่วม", by=office.coordinator
    )

    office.round.refresh_from_db()
    assert lock_of_round(office.round) is None
    assert office.organisation.events.first().data["reason"] == "น้ำท่วม"
