"""What happened, by whom, in which capacity: append-only, chained by hashes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.frozen import FrozenModel, FrozenQuerySet
from measures.models.organisations import Organisation
from measures.models.people import User


class EventVerb(models.TextChoices):
    """The closed vocabulary of what can happen, in the words shown in a history."""

    PROGRESS_RECORDED = "progress_recorded", _("บันทึกผลการดำเนินการ")
    EVIDENCE_ADDED = "evidence_added", _("เพิ่มหลักฐาน")
    EVIDENCE_REMOVED = "evidence_removed", _("นำหลักฐานออก")
    ROUND_OPENED = "round_opened", _("เปิดรอบการรายงาน")
    ROUND_RESCHEDULED = "round_rescheduled", _("เปลี่ยนกำหนดของรอบการรายงาน")
    ROUND_CLOSED = "round_closed", _("ปิดรอบการรายงาน")
    ROUND_REOPENED = "round_reopened", _("เปิดรอบการรายงานอีกครั้ง")
    MEASURE_SAVED = "measure_saved", _("บันทึกมาตรการ")
    MEASURE_DELETED = "measure_deleted", _("ลบมาตรการ")
    DOCUMENT_COMPILED = "document_compiled", _("จัดทำร่างเอกสาร")
    DOCUMENT_EDITED = "document_edited", _("แก้ไขเอกสาร")
    DOCUMENT_REOPENED = "document_reopened", _("นำเอกสารกลับมาแก้ไข")
    REMARK_WAIVED = "remark_waived", _("ยกเว้นข้อสังเกตจากการตรวจทาน")
    WAIVER_WITHDRAWN = "waiver_withdrawn", _("ถอนการยกเว้นข้อสังเกต")
    SUBMITTED = "submitted", _("เสนอลงนาม")
    SIGNED = "signed", _("ลงนามผู้จัดทำ")
    APPROVED = "approved", _("เห็นชอบ")
    FINALLY_APPROVED = "finally_approved", _("อนุมัติ")
    RETURNED = "returned", _("ส่งกลับแก้ไข")
    REFUSED = "refused", _("ไม่อนุมัติ")
    RECALLED = "recalled", _("เรียกคืนเอกสาร")
    PUBLISHED = "published", _("เผยแพร่")
    CORRECTION_STARTED = "correction_started", _("เริ่มจัดทำฉบับแก้ไข")
    RECORD_CHANGED = "record_changed", _("แก้ไขข้อมูลในระบบหลังบ้าน")
    RECORD_DELETED = "record_deleted", _("ลบข้อมูลในระบบหลังบ้าน")
    IMPORTED = "imported", _("นำเข้าข้อมูล")
    LATE_PERMITTED = "late_permitted", _("อนุญาตให้รายงานหลังปิดรอบ")
    LATE_PERMIT_WITHDRAWN = "late_permit_withdrawn", _("ถอนการอนุญาตให้รายงานหลังปิดรอบ")
    MEASURE_AMENDED = "measure_amended", _("แก้ไขมาตรการหลังลงนามแผน")
    EVIDENCE_SCANNED = "evidence_scanned", _("ตรวจไวรัสในหลักฐาน")
    INVITED = "invited", _("เชิญผู้ใช้งาน")
    INVITATION_ACCEPTED = "invitation_accepted", _("ตอบรับคำเชิญ")
    INVITATION_WITHDRAWN = "invitation_withdrawn", _("ถอนคำเชิญ")
    APPOINTED = "appointed", _("ให้ดำรงตำแหน่งหรือรักษาการ")
    HOLDING_ENDED = "holding_ended", _("สิ้นสุดการดำรงตำแหน่ง")
    HANDED_OVER = "handed_over", _("ส่งมอบงาน")
    REVIEW_LINK_MADE = "review_link_made", _("ให้ลิงก์อ่านร่างแก่ผู้ตรวจภายนอก")
    RESULT_SAVED = "result_saved", _("บันทึกผลการประเมิน")
    FINDINGS_DRAFTED = "findings_drafted", _("จัดทำร่างการวิเคราะห์จากคะแนน")
    FINDING_SAVED = "finding_saved", _("บันทึกประเด็น")
    FINDING_ACCEPTED = "finding_accepted", _("ยอมรับร่างประเด็น")
    FINDING_DELETED = "finding_deleted", _("ลบประเด็น")
    THRESHOLDS_SET = "thresholds_set", _("กำหนดเกณฑ์คะแนนของการวิเคราะห์")
    PLAN_COPIED = "plan_copied", _("คัดลอกแผนจากปีก่อน")
    MEASURE_REVIEWED = "measure_reviewed", _("ทบทวนมาตรการที่คัดลอกมา")
    MEASURE_SHARED = "measure_shared", _("แบ่งปันมาตรการ")
    MEASURE_UNSHARED = "measure_unshared", _("เลิกแบ่งปันมาตรการ")
    TEMPLATE_PUSHED = "template_pushed", _("ส่งแผนต้นแบบ")
    TEMPLATE_ACCEPTED = "template_accepted", _("รับแผนต้นแบบ")
    TEMPLATE_DECLINED = "template_declined", _("ไม่รับแผนต้นแบบ")
    KIT_MADE = "kit_made", _("จัดทำชุดรายงานของส่วนราชการ")
    KIT_MERGED = "kit_merged", _("รวมชุดรายงานของส่วนราชการ")
    REVIEW_LINK_REVOKED = "review_link_revoked", _("ยกเลิกลิงก์อ่านร่าง")


class EventQuerySet(FrozenQuerySet["Event"]):
    """Events, in the order of their chain."""

    def about(self, target: models.Model) -> "EventQuerySet":
        """Return what happened to one row."""
        return self.filter(target_type=target._meta.model_name, target_id=target.pk)


class Event(FrozenModel):
    """One thing that happened. ``hash`` covers the row and the hash before it."""

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="events",
        null=True,
        blank=True,
        verbose_name=_("หน่วยงาน"),
        help_text=_("ว่าง = เหตุการณ์ของทั้งระบบ"),
    )
    sequence = models.PositiveBigIntegerField(_("ลำดับ"))
    at = models.DateTimeField(_("เมื่อ"))
    actor = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("ผู้กระทำ")
    )
    actor_name = models.CharField(_("ชื่อผู้กระทำ"), max_length=200)
    capacity = models.CharField(_("ในฐานะ"), max_length=400, blank=True)
    verb = models.CharField(_("เหตุการณ์"), max_length=30, choices=EventVerb.choices)
    target_type = models.CharField(_("ชนิดข้อมูล"), max_length=50)
    target_id = models.BigIntegerField(_("รหัสข้อมูล"), null=True, blank=True)
    target_name = models.CharField(_("ข้อมูล"), max_length=500)
    data = models.JSONField(_("รายละเอียด"), default=dict)
    previous_hash = models.CharField(_("ค่าแฮชก่อนหน้า"), max_length=64, blank=True)
    hash = models.CharField(_("ค่าแฮช"), max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("เหตุการณ์")
        verbose_name_plural = _("เหตุการณ์")
        ordering = ["organisation", "-sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sequence"], name="event_sequence_is_unique_in_chain"
            ),
            models.UniqueConstraint(
                fields=["sequence"],
                condition=models.Q(organisation=None),
                name="event_sequence_is_unique_in_the_install",
            ),
        ]
        indexes = [models.Index(fields=["target_type", "target_id"], name="event_target")]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.get_verb_display()} {self.target_name}"
