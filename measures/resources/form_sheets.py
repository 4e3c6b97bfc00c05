"""The hidden sheet by which a form is recognised: which form it is, whose, and of when."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.resources.base import SheetResource

SHEET_NAME = "_form"
LISTS_NAME = "_lists"
GUIDE_NAME = "คำอธิบาย"


@dataclass(frozen=True)
class Form:
    """What a form says about itself. ``organisation`` is a slug, "" for all of them."""

    key: str
    version: int
    organisation: str = ""
    fiscal_year: int | None = None
    months: int | None = None
    exported_at: str = ""

    def cells(self) -> list[list[Any]]:
        """Return the rows of the hidden sheet: a name and its value each."""
        return [
            ["form", self.key],
            ["version", self.version],
            ["organisation", self.organisation],
            ["fiscal_year", self.fiscal_year],
            ["round", self.months],
            ["exported_at", self.exported_at],
        ]


def form_of(resource: SheetResource, now: datetime.datetime | None = None) -> Form:
    """Return the form under which a sheet goes out."""
    return Form(
        key=resource.key,
        version=resource.version,
        organisation=resource.office.slug if resource.office is not None else "",
        fiscal_year=resource.fiscal_year,
        months=resource.months,
        exported_at=timezone.localtime(now).isoformat(timespec="seconds"),
    )


def form_in(rows: Iterable[Iterable[Any]]) -> Form:
    """Return the form that the rows of a hidden sheet describe; what is damaged counts as lost."""
    values = {str(row[0]): row[1] for row in map(list, rows) if len(row) > 1}
    return Form(
        key=str(values.get("form") or ""),
        version=_number(values.get("version")) or 0,
        organisation=str(values.get("organisation") or ""),
        fiscal_year=_number(values.get("fiscal_year")),
        months=_number(values.get("round")),
        exported_at=str(values.get("exported_at") or ""),
    )


def _number(value: Any) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdecimal() else None


def refuse_other_form(form: Form, resource: SheetResource, names: dict[str, str]) -> None:
    """Raise Invalid where a file is of another sheet, a newer version, another office or time.

    ``names`` are the sheets known here by their keys.
    """
    if form.key != resource.key:
        raise Invalid(other_form(names.get(form.key, form.key), resource))
    if form.version > resource.version:
        raise Invalid(_("แบบนี้มาจากระบบรุ่นใหม่กว่า โปรดดาวน์โหลดแบบจากหน้านี้ แล้วคัดลอกข้อมูลมาวาง"))
    office = resource.office
    if office is not None and form.organisation not in ("", office.slug):
        raise Invalid(
            _(
                "ไฟล์นี้เป็นของหน่วยงาน “%(theirs)s” แต่หน้านี้รับของ “%(ours)s” "
                "โปรดดาวน์โหลดแบบของหน่วยงานท่านจากหน้านี้ แล้วคัดลอกข้อมูลมาวาง"
            )
            % {"theirs": form.organisation, "ours": office.name}
        )
    if resource.fiscal_year is not None and form.fiscal_year not in (None, resource.fiscal_year):
        raise Invalid(
            _(
                "ไฟล์นี้เป็นของปีงบประมาณ %(theirs)s แต่หน้านี้รับปีงบประมาณ %(ours)s "
                "โปรดเลือกปี %(theirs)s แล้วอัปโหลดอีกครั้ง หรือดาวน์โหลดแบบของปี %(ours)s"
            )
            % {"theirs": form.fiscal_year, "ours": resource.fiscal_year}
        )
    if resource.months is not None and form.months not in (None, resource.months):
        raise Invalid(
            _("ไฟล์นี้เป็นของรอบ %(theirs)s เดือน แต่หน้านี้รับรอบ %(ours)s เดือน โปรดเลือกรอบให้ตรงกัน")
            % {"theirs": form.months, "ours": resource.months}
        )


def other_form(theirs: str, resource: SheetResource) -> str:
    """Return what is said about a file of another sheet."""
    return _("ไฟล์นี้เป็นแบบ “%(theirs)s” แต่หน้านี้รับ “%(ours)s” โปรดเลือกหน้าของแบบนั้น หรือเลือกไฟล์ใหม่") % {
        "theirs": theirs,
        "ours": resource.get_display_name(),
    }
