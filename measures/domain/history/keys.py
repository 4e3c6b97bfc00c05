"""The names under which verbs keep what they log, and which of them a reader is never shown."""

import re
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.models import DocumentKind, ScanVerdict, SignRole, Step, Target

# Names that are no field of the model the event is about; a field's own name comes first.
LABELS = {
    "account": gettext_lazy("บัญชี"),
    "allowed_until": gettext_lazy("อนุญาตถึงวันที่"),
    "attempt": gettext_lazy("เสนอครั้งที่"),
    "caption": gettext_lazy("คำบรรยาย"),
    "changed": gettext_lazy("สิ่งที่เปลี่ยน"),
    "chain": gettext_lazy("สายการลงนามของ"),
    "code": gettext_lazy("รหัสเอกสาร"),
    "comments": gettext_lazy("ข้อสังเกตรายช่อง"),
    "corrects": gettext_lazy("แก้ไขฉบับรหัส"),
    "duties": gettext_lazy("จำนวนรายการที่ส่งมอบ"),
    "email": gettext_lazy("อีเมล"),
    "ends_on": gettext_lazy("ถึงวันที่"),
    "expires_at": gettext_lazy("หมดอายุ"),
    "from": gettext_lazy("จาก"),
    "from_year": gettext_lazy("คัดลอกจากปี"),
    "is_skipped_when_vacant": gettext_lazy("ข้ามเมื่อตำแหน่งว่าง"),
    "items": gettext_lazy("ข้อประเมิน"),
    "fiscal_year": gettext_lazy("ปีงบประมาณ (พ.ศ.)"),
    "findings": gettext_lazy("ข้อบกพร่อง/ประเด็นที่แก้"),
    "kind": gettext_lazy("ประเภท"),
    "line": gettext_lazy("ลำดับการลงนาม"),
    "made": gettext_lazy("ร่างที่จัดทำใหม่"),
    "measures": gettext_lazy("มาตรการ"),
    "name": gettext_lazy("ชื่อ"),
    "network": gettext_lazy("เครือข่าย"),
    "notes": gettext_lazy("สิ่งที่ทบทวน"),
    "number": gettext_lazy("ฉบับที่"),
    "offices": gettext_lazy("หน่วยงาน"),
    "opinion": gettext_lazy("ความเห็น"),
    "order": gettext_lazy("ลำดับที่"),
    "order_date": gettext_lazy("คำสั่งลงวันที่"),
    "order_number": gettext_lazy("คำสั่งที่"),
    "period": gettext_lazy("ระยะเวลาดำเนินการ"),
    "person": gettext_lazy("บุคคล"),
    "place": gettext_lazy("ช่อง"),
    "post": gettext_lazy("ตำแหน่ง"),
    "reason": gettext_lazy("เหตุผล"),
    "remark": gettext_lazy("ข้อสังเกต"),
    "renewed": gettext_lazy("ร่างที่ปรับตามคะแนนล่าสุด"),
    "responsible": gettext_lazy("ผู้รับผิดชอบ"),
    "reviewer": gettext_lazy("ให้ผู้ใดอ่าน"),
    "role": gettext_lazy("หน้าที่"),
    "rows": gettext_lazy("จำนวนแถว"),
    "second_factor": gettext_lazy("การยืนยันตัวตนขั้นที่สอง"),
    "starts_on": gettext_lazy("ตั้งแต่วันที่"),
    "steps": gettext_lazy("ขั้นตอนหรือวิธีการ"),
    "supersedes": gettext_lazy("แทนที่ฉบับรหัส"),
    "takes_effect_on": gettext_lazy("ตั้งแต่วันที่"),
    "targets": gettext_lazy("เป้าหมาย"),
    "text": gettext_lazy("ข้อความ"),
    "to": gettext_lazy("ถึง"),
    "url": gettext_lazy("ลิงก์"),
    "user": gettext_lazy("ผู้ใช้งาน"),
    "verdict": gettext_lazy("ผลการตรวจ"),
    "virus": gettext_lazy("ไวรัสที่พบ"),
    "waived_because": gettext_lazy("เหตุผลที่เคยยกเว้น"),
}

# Choices that are no field of the model the event is about.
CHOICES: dict[str, type[models.TextChoices]] = {
    "chain": DocumentKind,
    "role": SignRole,
    "verdict": ScanVerdict,
}

# Parts of an entry are saved one by one, each under its kind and number: ``step-12``.
PARTS: dict[str, type[models.Model]] = {"step": Step, "target": Target}

# Kept for machines: hashes, counters and keys of rows say nothing to a reader.
TECHNICAL = frozenset(
    {"content_sha256", "entry", "fingerprint", "hash", "id", "key", "rule", "sha256", "version"}
)
_ITEM_CODE = re.compile(r"[IEO][0-9]{1,2}")  # a result keeps each score under its item
_SECRET = ("password", "secret", "token")


def is_shown(name: str) -> bool:
    """Return whether a reader of the history may and would want to see this value."""
    if any(part in name for part in _SECRET):
        return False
    return name not in TECHNICAL and not name.endswith(("_sha256", "_hash", "_id"))


def model_of(target_type: str) -> type[models.Model] | None:
    """Return the model an event is about; None for one that is no longer there."""
    try:
        return apps.get_model("measures", target_type)
    except LookupError:
        return None


def kind_name(target_type: str) -> str:
    """Return what kind of thing this is, in Thai."""
    model = model_of(target_type)
    return str(model._meta.verbose_name) if model else _("ข้อมูลที่เลิกใช้แล้ว")


def field_of(target_type: str, name: str) -> "models.Field[Any, Any] | None":
    """Return the field of the model an event is about; None where the name is no field."""
    model = model_of(target_type)
    if model is None:
        return None
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def part_of(name: str) -> "tuple[type[models.Model], str] | None":
    """Return the step or target that a value of an entry belongs to; None for other values."""
    kind, _dash, key = name.partition("-")
    return (PARTS[kind], key) if kind in PARTS and key.isdecimal() else None


def label_of(target_type: str, name: str) -> str:
    """Return the Thai name of a value: the field's own, or the one the verbs agreed on."""
    field = field_of(target_type, name)
    if field is not None:
        return str(field.verbose_name)
    if name in LABELS:
        return str(LABELS[name])
    if _ITEM_CODE.fullmatch(name):
        return _("คะแนนข้อ %s") % name
    return _("ข้อมูลอื่น (%(name)s)") % {"name": name}
