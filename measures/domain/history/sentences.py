"""What each verb did, as one Thai sentence. A verb without one is caught by a test."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.domain.history.keys import kind_name
from measures.models import Event, EventVerb

SENTENCES: dict[EventVerb, Promise | str] = {
    EventVerb.PROGRESS_RECORDED: gettext_lazy("บันทึกผลการดำเนินการของ “%(target)s”"),
    EventVerb.EVIDENCE_ADDED: gettext_lazy("เพิ่มหลักฐาน “%(target)s”"),
    EventVerb.EVIDENCE_REMOVED: gettext_lazy("นำหลักฐาน “%(target)s” ออก"),
    EventVerb.EVIDENCE_SCANNED: gettext_lazy("ตรวจไวรัสในหลักฐาน “%(target)s”"),
    EventVerb.ROUND_OPENED: gettext_lazy("เปิดรอบการรายงาน “%(target)s”"),
    EventVerb.ROUND_RESCHEDULED: gettext_lazy("เปลี่ยนกำหนดของ “%(target)s”"),
    EventVerb.ROUND_CLOSED: gettext_lazy("ปิดรอบการรายงาน “%(target)s”"),
    EventVerb.ROUND_REOPENED: gettext_lazy("เปิดรอบการรายงาน “%(target)s” อีกครั้ง"),
    EventVerb.LATE_PERMITTED: gettext_lazy("อนุญาตให้รายงาน “%(target)s” หลังปิดรอบ"),
    EventVerb.LATE_PERMIT_WITHDRAWN: gettext_lazy("ถอนการอนุญาตให้รายงาน “%(target)s” หลังปิดรอบ"),
    EventVerb.MEASURE_SAVED: gettext_lazy("แก้ไขมาตรการ “%(target)s”"),
    EventVerb.MEASURE_DELETED: gettext_lazy("ลบมาตรการ “%(target)s”"),
    EventVerb.MEASURE_AMENDED: gettext_lazy("แก้ไขมาตรการ “%(target)s” หลังลงนามแผนแล้ว"),
    EventVerb.DOCUMENT_COMPILED: gettext_lazy("จัดทำร่าง “%(target)s”"),
    EventVerb.DOCUMENT_EDITED: gettext_lazy("แก้ไขข้อความของ “%(target)s”"),
    EventVerb.DOCUMENT_REOPENED: gettext_lazy("นำ “%(target)s” กลับมาแก้ไข"),
    EventVerb.REMARK_WAIVED: gettext_lazy("ยกเว้นข้อสังเกตจากการตรวจทานใน “%(target)s”"),
    EventVerb.WAIVER_WITHDRAWN: gettext_lazy("ถอนการยกเว้นข้อสังเกตใน “%(target)s”"),
    EventVerb.SUBMITTED: gettext_lazy("เสนอ “%(target)s” เพื่อลงนาม"),
    EventVerb.SIGNED: gettext_lazy("ลงนามเป็นผู้จัดทำ “%(target)s”"),
    EventVerb.APPROVED: gettext_lazy("เห็นชอบ “%(target)s”"),
    EventVerb.FINALLY_APPROVED: gettext_lazy("อนุมัติ “%(target)s”"),
    EventVerb.RETURNED: gettext_lazy("ส่ง “%(target)s” กลับแก้ไข"),
    EventVerb.REFUSED: gettext_lazy("ไม่อนุมัติ “%(target)s”"),
    EventVerb.RECALLED: gettext_lazy("เรียกคืน “%(target)s” ก่อนมีผู้ลงนาม"),
    EventVerb.PUBLISHED: gettext_lazy("เผยแพร่ “%(target)s” ต่อสาธารณะ"),
    EventVerb.CORRECTION_STARTED: gettext_lazy("เริ่มจัดทำฉบับแก้ไขของ “%(target)s”"),
    EventVerb.RECORD_CHANGED: gettext_lazy("แก้ไข%(kind)s “%(target)s”"),
    EventVerb.RECORD_DELETED: gettext_lazy("ลบ%(kind)s “%(target)s”"),
    EventVerb.IMPORTED: gettext_lazy("นำเข้าข้อมูล%(kind)s “%(target)s”"),
    EventVerb.INVITED: gettext_lazy("เชิญ “%(target)s” เป็นผู้ใช้งาน"),
    EventVerb.INVITATION_ACCEPTED: gettext_lazy("ตอบรับคำเชิญ “%(target)s”"),
    EventVerb.INVITATION_WITHDRAWN: gettext_lazy("ถอนคำเชิญ “%(target)s”"),
    EventVerb.APPOINTED: gettext_lazy("เริ่มการดำรงตำแหน่งหรือรักษาการของ “%(target)s”"),
    EventVerb.HOLDING_ENDED: gettext_lazy("สิ้นสุดการดำรงตำแหน่งของ “%(target)s”"),
    EventVerb.HANDED_OVER: gettext_lazy("ส่งมอบงานในตำแหน่ง “%(target)s”"),
    EventVerb.REVIEW_LINK_MADE: gettext_lazy("ให้ลิงก์อ่านร่าง “%(target)s” แก่ผู้ตรวจภายนอก"),
    EventVerb.PLAN_COPIED: gettext_lazy("คัดลอกมาตรการจากแผนปีก่อนของ “%(target)s”"),
    EventVerb.MEASURE_REVIEWED: gettext_lazy("ทบทวนมาตรการ “%(target)s” แล้ว"),
    EventVerb.MEASURE_SHARED: gettext_lazy("แบ่งปันมาตรการ “%(target)s” เข้าคลัง"),
    EventVerb.MEASURE_UNSHARED: gettext_lazy("เลิกแบ่งปันมาตรการ “%(target)s”"),
    EventVerb.TEMPLATE_PUSHED: gettext_lazy("ส่งแผนต้นแบบ “%(target)s”"),
    EventVerb.TEMPLATE_ACCEPTED: gettext_lazy("รับแผนต้นแบบ “%(target)s”"),
    EventVerb.TEMPLATE_DECLINED: gettext_lazy("ไม่รับแผนต้นแบบ “%(target)s”"),
    EventVerb.RESULT_SAVED: gettext_lazy("แก้ไข “%(target)s”"),
    EventVerb.KIT_MADE: gettext_lazy("จัดทำชุดรายงาน “%(target)s”"),
    EventVerb.KIT_MERGED: gettext_lazy("รวมชุดรายงาน “%(target)s” ที่ส่งกลับมา"),
    EventVerb.FINDINGS_DRAFTED: gettext_lazy("จัดทำร่างการวิเคราะห์จาก “%(target)s”"),
    EventVerb.FINDING_SAVED: gettext_lazy("แก้ไขประเด็น “%(target)s”"),
    EventVerb.FINDING_ACCEPTED: gettext_lazy("ยอมรับร่างประเด็น “%(target)s”"),
    EventVerb.FINDING_DELETED: gettext_lazy("ลบประเด็น “%(target)s”"),
    EventVerb.THRESHOLDS_SET: gettext_lazy("กำหนดเกณฑ์คะแนนของการวิเคราะห์ของ “%(target)s”"),
    EventVerb.REVIEW_LINK_REVOKED: gettext_lazy("ยกเลิกลิงก์อ่านร่าง “%(target)s”"),
}

# These verbs also make what was not there: ``before`` is kept, and is empty.
_MAKING: dict[EventVerb, Promise | str] = {
    EventVerb.RECORD_CHANGED: gettext_lazy("เพิ่ม%(kind)s “%(target)s”"),
    EventVerb.MEASURE_SAVED: gettext_lazy("เพิ่มมาตรการ “%(target)s”"),
    EventVerb.RESULT_SAVED: gettext_lazy("บันทึก “%(target)s” ครั้งแรก"),
    EventVerb.FINDING_SAVED: gettext_lazy("เพิ่มประเด็น “%(target)s”"),
}


def sentence_of(event: Event) -> str:
    """Return what was done to what, without who and when.

    An event of a verb that is no longer known (an older install's) is told by its stored name.
    """
    known = {"kind": kind_name(event.target_type), "target": event.target_name}
    if event.verb not in EventVerb.values:
        return _("%(verb)s “%(target)s”") % {"verb": event.verb, **known}
    verb = EventVerb(event.verb)
    made_it = verb in _MAKING and "before" in event.data and not event.data["before"]
    return str((_MAKING if made_it else SENTENCES)[verb]) % known
