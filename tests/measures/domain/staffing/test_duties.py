"""What is open in a post, and in the hands of the person who holds it."""

import datetime

import pytest
from django.utils import timezone

from measures.domain.publishing import reviews
from measures.domain.recording import late_permits, progress, rounds
from measures.domain.signing import signoffs
from measures.domain.staffing.duties import Duty, DutyKind, open_duties
from measures.models import HoldingKind, Invitation
from tests.factories.flow import REASON, current, make_approved, make_draft, submit
from tests.factories.handovers import tomorrow
from tests.factories.people import hold

pytestmark = pytest.mark.django_db


def names(post, person) -> dict[str, list[str]]:
    return {duty.kind: [item.name for item in duty.items] for duty in open_duties(post, person)}


def test_entries_of_the_own_division_that_nobody_has_filled_in(office):
    own, _other = office.measures
    assert names(office.staff_post, office.staff) == {DutyKind.ENTRIES: [f"มาตรการที่ 1 {own.title}"]}

    entry = next(
        each for each in progress.entries_of(office.round) if each.division == office.secretariat
    )
    progress.record(entry, by=office.staff, version=0, status="done", result="เสร็จแล้ว")

    assert names(office.staff_post, office.staff) == {}


def test_a_closed_round_asks_for_nothing(office):
    rounds.close_round(office.round, by=office.coordinator)

    assert names(office.finance_post, office.finance_staff) == {}


@pytest.mark.parametrize("is_returned", [False, True])
def test_the_coordinator_has_drafts_and_returned_documents(office, is_returned):
    document = make_draft(office)
    if is_returned:
        signoffs.return_for_correction(
            current(submit(office, document)), by=office.head, reason=REASON
        )

    assert names(office.coordinator_post, office.coordinator) == {
        DutyKind.DOCUMENTS: [document.subject]
    }
    assert names(office.head_post, office.head) == {}


def test_the_coordinator_has_what_waits_to_be_published(office):
    document = make_approved(office)

    assert names(office.coordinator_post, office.coordinator) == {
        DutyKind.DOCUMENTS: [document.subject]
    }


def test_a_running_signoff_is_with_its_submitter_and_with_the_post_it_waits_for(office):
    signoff = submit(office)

    subject = signoff.document.subject
    assert names(office.coordinator_post, office.coordinator) == {DutyKind.SUBMITTED: [subject]}
    assert names(office.head_post, office.head) == {DutyKind.UNSIGNED: [subject]}
    assert names(office.mayor_post, office.mayor) == {}


def test_acting_orders_out_of_the_post_and_those_who_act_in_it(office):
    hold(
        office.clerk_post,
        office.deputy,
        kind=HoldingKind.ACTING_FOR,
        substantive_post=office.deputy_post,
        order_number="12/2569",
        order_date=datetime.date(2026, 1, 5),
    )

    name = f"{office.deputy} รักษาราชการแทน {office.clerk_post.title}"
    assert names(office.deputy_post, office.deputy) == {DutyKind.ACTING_ORDERS: [name]}
    assert names(office.clerk_post, office.clerk) == {DutyKind.ACTING_HOLDERS: [name]}
    (duty,) = open_duties(office.deputy_post, office.deputy)
    assert duty.items[0].detail == "คำสั่งที่ 12/2569 ลงวันที่ ๕ มกราคม พ.ศ. ๒๕๖๙"


def test_an_acting_order_that_has_ended_is_open_no_more(office):
    hold(
        office.clerk_post,
        office.deputy,
        kind=HoldingKind.ACTING_FOR,
        substantive_post=office.deputy_post,
        ends_on=timezone.localdate() - datetime.timedelta(days=1),
    )

    assert names(office.deputy_post, office.deputy) == {}


def test_leave_to_report_late_that_names_the_person(office):
    entry = next(
        each for each in progress.entries_of(office.round) if each.division == office.secretariat
    )
    rounds.close_round(office.round, by=office.coordinator)
    for person in (office.staff, None):
        late_permits.grant(
            entry, by=office.coordinator, reason="ก", allowed_until=tomorrow(), person=person
        )

    title = office.measures[0].title
    assert names(office.staff_post, office.staff) == {
        DutyKind.LATE_PERMITS: [f"มาตรการที่ 1 {title}"]
    }


def test_links_and_invitations_that_the_person_gave(office):
    document = make_draft(office)
    soon = timezone.now() + datetime.timedelta(days=2)
    for reviewer in ("อำเภอสมมติ", "จังหวัดสมมติ"):
        link, _secret = reviews.make_link(
            document, reviewer=reviewer, expires_at=soon, by=office.coordinator
        )
    reviews.revoke(link, by=office.coordinator)
    Invitation.objects.create(
        organisation=office.organisation,
        post=office.head_post,
        starts_on=tomorrow(),
        email="new@example.go.th",
        title="นาย",
        first_name="มาใหม่",
        last_name="สมมติ",
        token_sha256="0" * 64,
        invited_at=timezone.now(),
        invited_by=office.coordinator,
        expires_at=soon,
    )

    found = names(office.coordinator_post, office.coordinator)

    assert found[DutyKind.REVIEW_LINKS] == [f"อำเภอสมมติ: {document.subject}"]
    assert found[DutyKind.INVITATIONS] == ["นายมาใหม่ สมมติ – หัวหน้าสำนักปลัด"]


@pytest.mark.parametrize("kind", DutyKind.values)
def test_every_kind_says_what_becomes_of_it(kind):
    assert Duty(kind, ()).fate() != ""
