"""One sound row of each record that the working day keeps, written past the verbs."""

import datetime
from typing import Any

from django.utils import timezone

from measures.models import (
    CheckedLink,
    Delivery,
    Document,
    Guidance,
    Handover,
    Invitation,
    LatePermit,
    Notice,
    NoticeChannel,
    ProgressEntry,
    ProgressRevision,
    ReviewLink,
    ReviewVisit,
    SignoffComment,
    SignoffStep,
    StepMark,
    Target,
    TargetValue,
)
from tests.factories.people import Office

DAY = datetime.date(2021, 3, 31)


def make_target(entry: ProgressEntry, **changes: Any) -> Target:
    """Return a target of the entry's measure."""
    values: dict[str, Any] = {"number": 1, "name": "ผู้เข้าอบรม", "unit": "คน", "goal": 40}
    return Target.objects.create(measure=entry.measure, **values | changes)


class WorkingDay:
    """Writes one row of the kind that a method names."""

    def __init__(self, office: Office, document: Document, entry: ProgressEntry) -> None:
        self.office = office
        self.document = document
        self.entry = entry
        self.now = timezone.now()

    def late_permit(self) -> LatePermit:
        return LatePermit.objects.create(
            entry=self.entry,
            reason="รอใบเสร็จ",
            allowed_until=DAY,
            granted_at=self.now,
            granted_by=self.office.coordinator,
        )

    def revision(self) -> ProgressRevision:
        return ProgressRevision.objects.create(
            entry=self.entry,
            field="result",
            entry_version=90_001,
            text="จัดประชุม",
            key="6f1d5f8e-8f8a-4bb0-9d7b-3b5f5a3b7c11",
            saved_at=self.now,
            saved_by=self.office.staff,
        )

    def step_mark(self) -> StepMark:
        step = self.entry.measure.steps.first()
        assert step is not None
        return StepMark.objects.create(
            step=step, entry=self.entry, marked_at=self.now, marked_by=self.office.staff
        )

    def target(self) -> Target:
        return make_target(self.entry)

    def target_value(self) -> TargetValue:
        return TargetValue.objects.create(
            target=make_target(self.entry, number=2),
            entry=self.entry,
            value=38,
            recorded_at=self.now,
            recorded_by=self.office.staff,
        )

    def guidance(self) -> Guidance:
        return Guidance.objects.create(
            organisation=self.office.organisation, field="result", text="เขียนสิ่งที่ทำ"
        )

    def checked_link(self) -> CheckedLink:
        return CheckedLink.objects.create(
            organisation=self.office.organisation, url="https://example.go.th/checked"
        )

    def notice(self) -> Notice:
        return Notice.objects.create(
            organisation=self.office.organisation,
            recipient=self.office.staff,
            kind="round_due",
            key="round-1-due-14",
            subject="ใกล้ครบกำหนด",
            body="โปรดรายงาน",
            path="/desk/",
            created_at=self.now,
        )

    def delivery(self) -> Delivery:
        return Delivery.objects.create(
            organisation=self.office.organisation,
            recipient=self.office.staff,
            channel="email",
            is_digest=True,
            day=DAY,
            address="staff@example.go.th",
            subject="เรื่องที่ต้องทำ",
            body="โปรดรายงาน",
        )

    def notice_channel(self) -> NoticeChannel:
        return NoticeChannel.objects.create(
            organisation=self.office.organisation,
            channel="webhook",
            address="https://example.go.th/hook",
            secret="s",
        )

    def signoff_comment(self, step: SignoffStep) -> SignoffComment:
        return SignoffComment.objects.create(
            step=step, place="opening", place_name="ความนำ", text="โปรดเพิ่มวันที่"
        )

    def invitation(self) -> Invitation:
        return Invitation.objects.create(
            organisation=self.office.organisation,
            post=self.office.staff_post,
            starts_on=DAY,
            email="new@example.go.th",
            first_name="สมมติ",
            last_name="มาใหม่",
            token_sha256=f"{self.office.organisation.pk:064d}",
            invited_at=self.now,
            invited_by=self.office.coordinator,
            expires_at=self.now,
        )

    def handover(self) -> Handover:
        return Handover.objects.create(
            organisation=self.office.organisation,
            post=self.office.staff_post,
            from_user=self.office.staff,
            to_user=self.office.finance_staff,
            takes_effect_on=DAY,
            content={},
            content_sha256="a" * 64,
            handed_at=self.now,
            handed_by=self.office.coordinator,
        )

    def review_link(self) -> ReviewLink:
        return ReviewLink.objects.create(
            document=self.document,
            reviewer="อำเภอสมมติ",
            token_sha256=f"{self.office.organisation.pk:064d}",
            created_at=self.now,
            created_by=self.office.coordinator,
            expires_at=self.now,
        )

    def review_visit(self) -> ReviewVisit:
        return ReviewVisit.objects.create(link=self.review_link(), at=self.now)
