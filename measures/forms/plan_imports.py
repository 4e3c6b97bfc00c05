"""What is typed around the import of a plan: the file, corrections of a measure, and choices."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.domain.importing.plan_changes import (
    LISTS,
    Change,
    Chosen,
    Corrected,
    PicturesTicked,
)
from measures.domain.importing.plan_drafts import DraftMeasure
from measures.domain.importing.plan_examination import Examination, UnknownName
from measures.domain.importing.plan_matching import Intended
from measures.domain.importing.plan_results import dates_of
from measures.domain.importing.staged_plans import (
    AS_TEXT,
    NEW_DIVISION,
    StagedPlan,
)
from measures.forms.dates import ThaiDateField
from measures.forms.plan import WholeNumberField
from measures.models import Division, ProgressStatus, RoundMonths
from measures.models.fiscal_years import EARLIEST_FISCAL_YEAR, LATEST_FISCAL_YEAR

READABLE = ".docx,.xlsx,.csv"
NO_STATUS = ("", gettext_lazy("ไม่ระบุ"))
_CODES = re.compile(r"[\s,;/]+")


def _refuse_odd_year(year: int | None) -> None:
    if year is not None and not EARLIEST_FISCAL_YEAR <= year <= LATEST_FISCAL_YEAR:
        raise forms.ValidationError(_("โปรดกรอกปี พ.ศ. สี่หลัก เช่น 2570"))


class PlanFileForm(forms.Form):
    """The file, and the year whose plan it is."""

    file = forms.FileField(
        label=gettext_lazy("ไฟล์แผนหรือรายงาน"),
        widget=forms.FileInput(attrs={"accept": READABLE}),
        help_text=gettext_lazy(
            "Word (.docx) Excel (.xlsx) หรือ csv ตามที่หน่วยงานใช้อยู่ ไม่ต้องจัดรูปแบบใหม่"
        ),
        error_messages={
            "required": gettext_lazy("โปรดเลือกไฟล์"),
            "empty": gettext_lazy("ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"),
        },
    )
    fiscal_year = WholeNumberField(
        label=gettext_lazy("ปีงบประมาณของแผน (พ.ศ.)"),
        max_length=4,
        required=False,
        help_text=gettext_lazy("เว้นว่างไว้ ระบบจะอ่านจากชื่อเรื่องในไฟล์"),
    )

    def clean_fiscal_year(self) -> int | None:
        """Refuse what is no year of the Buddhist Era."""
        year: int | None = self.cleaned_data["fiscal_year"]
        _refuse_odd_year(year)
        return year


def _lines(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text or gettext_lazy("บรรทัดละหนึ่งรายการ"),
    )


def _words(label: Any, rows: int = 2, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class DraftMeasureForm(forms.Form):
    """The values of one measure that was read; lists one a line."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.IntegerField(widget=forms.HiddenInput, required=False)
    is_left_out = forms.BooleanField(label=gettext_lazy("ไม่นำมาตรการนี้เข้า"), required=False)
    number = WholeNumberField(label=gettext_lazy("มาตรการที่"), max_length=4)
    title = _words(gettext_lazy("มาตรการ"))
    indicator = _words(gettext_lazy("ตัวชี้วัด"), rows=1)
    items = forms.CharField(
        label=gettext_lazy("ข้อประเมิน"), required=False, help_text=gettext_lazy("เช่น I7, E2, O12")
    )
    finding = _words(gettext_lazy("การวิเคราะห์ที่มาตรการนี้ตอบ"), rows=3)
    steps = _lines(gettext_lazy("ขั้นตอนหรือวิธีการ"))
    responsible = _lines(gettext_lazy("ผู้รับผิดชอบ"))
    period = _words(gettext_lazy("ระยะเวลาดำเนินการ"), rows=1)
    monitoring = _words(gettext_lazy("การกำกับติดตาม"))
    status = forms.ChoiceField(
        label=gettext_lazy("สถานะการดำเนินการ"),
        choices=[NO_STATUS, *ProgressStatus.choices],
        required=False,
    )
    status_note = forms.CharField(
        label=gettext_lazy("หมายเหตุสถานะ"), required=False, max_length=200
    )
    results = _lines(gettext_lazy("ผลการดำเนินการ"))
    outcomes = _lines(gettext_lazy("ผลลัพธ์/ความสำเร็จ"))
    suggestions = _lines(gettext_lazy("ข้อเสนอแนะ"))

    def __init__(self, data: Any, *, intended: Intended, version: int) -> None:
        self.intended = intended
        draft = intended.draft
        initial: dict[str, Any] = {
            name: "\n".join(value) if isinstance(value, list) else value
            for name, value in vars(draft).items()
        }
        initial |= {
            "version": version,
            "place": intended.place,
            "items": ", ".join(draft.items),
            "period": draft.period.text,
        }
        super().__init__(data, initial=initial, auto_id=f"id_m{intended.place}_%s")

    def changes(self) -> list[Change]:
        """Return what was typed as changes; what stands as it was read is no change."""
        typed = self.cleaned_data
        draft: DraftMeasure = self.intended.draft
        values: dict[str, Any] = {}
        for name in self.fields:
            if name in ("version", "place"):
                continue
            value = typed[name]
            if isinstance(value, str):
                value = value.replace("\r\n", "\n").strip()
            if name in LISTS:
                old = [line for entry in getattr(draft, name) for line in _lines_of(entry)]
                if _lines_of(value) != old:
                    values[name] = _lines_of(value)
            elif name == "items":
                values[name] = [code.upper() for code in _CODES.split(value) if code]
            elif name == "period" or value != str(getattr(draft, name)).strip():
                values[name] = value
        return [Corrected(self.intended.place, values)]


def _lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class ImportChoicesForm(forms.Form):
    """What is taken in of the file, and what unknown names become."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    fiscal_year = WholeNumberField(label=gettext_lazy("ปีงบประมาณของแผน (พ.ศ.)"), max_length=4)
    with_scores = forms.BooleanField(
        label=gettext_lazy("นำคะแนนรายข้อเข้าเป็นผลการประเมินของปีก่อน"), required=False
    )
    with_findings = forms.BooleanField(
        label=gettext_lazy("นำการวิเคราะห์รายข้อเข้าเป็นข้อบกพร่อง/ประเด็นที่ต้องพัฒนา"), required=False
    )
    with_results = forms.BooleanField(label=gettext_lazy("นำผลการดำเนินการเข้าด้วย"), required=False)
    round = forms.TypedChoiceField(
        label=gettext_lazy("ผลของรอบ"),
        choices=[(0, gettext_lazy("ไม่ระบุ")), *RoundMonths.choices],
        coerce=int,
        required=False,
    )
    opens_on = ThaiDateField(label=gettext_lazy("รอบเปิดให้รายงาน"), required=False)
    due_on = ThaiDateField(label=gettext_lazy("กำหนดส่งของรอบ"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("สถานะของมาตรการที่ไฟล์ไม่ได้ระบุ"),
        choices=[NO_STATUS, *ProgressStatus.choices],
        required=False,
        help_text=gettext_lazy("ไม่ระบุ: เก็บข้อความไว้ และนับว่ายังไม่รายงานจนกว่าจะเลือกสถานะ"),
    )
    amendment_reason = forms.CharField(
        label=gettext_lazy("เหตุผลที่แก้ไขแผนหลังลงนาม"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("บันทึกไว้ถาวรพร้อมข้อความก่อนและหลังแก้ไข"),
    )

    def __init__(
        self,
        data: Any,
        *,
        examination: Examination,
        version: int,
        kept: Mapping[str, str] | None = None,
    ) -> None:
        """Ask what this plan needs; ``kept`` was chosen in a session that had run out."""
        self.examination = examination
        choices = examination.staged.choices
        opens_on, due_on = dates_of(examination)
        initial = {
            name: getattr(choices, name)
            for name in ("fiscal_year", "with_scores", "with_findings", "with_results", "round")
        }
        initial |= {
            "version": version,
            "opens_on": opens_on,
            "due_on": due_on,
            "status": choices.status,
        }
        super().__init__(data, initial=initial, auto_id="id_choices_%s")
        for name in examination.unknown_names:
            self._ask_about(name, examination.divisions)
        plan = examination.staged.plan
        asked = {
            "with_scores": bool(plan.scores) and not examination.has_result,
            "with_findings": any(measure.finding for measure in plan.measures)
            and examination.findings_lock is None,
            "opens_on": examination.reporting_round is None,
            "due_on": examination.reporting_round is None,
            "amendment_reason": examination.lock is not None and examination.lock.is_amendable,
        }
        if not any(each.has_results() for each in examination.measures):
            asked |= dict.fromkeys(("with_results", "round", "opens_on", "due_on", "status"), False)
        for field, is_asked in asked.items():
            if not is_asked:
                del self.fields[field]
        # Asked for only by whoever confirms; choices are kept without it.
        if "amendment_reason" in self.fields:
            self.fields["amendment_reason"].required = bool(data) and data.get("act") == "confirm"
        if kept:
            chosen = {field: kept.get(field, "") for field in self.fields}
            self.initial = {**self.initial, **chosen, "version": version}

    def _ask_about(self, name: UnknownName, divisions: list[Division]) -> None:
        answers = [
            (NEW_DIVISION, _("เพิ่มเป็นส่วนราชการใหม่")),
            (AS_TEXT, _("เก็บไว้เป็นข้อความ")),
            *(
                (f"division-{division.pk}", _("คือ%(name)s") % {"name": division.name})
                for division in divisions
            ),
        ]
        self.fields[f"name-{name.key()}"] = forms.ChoiceField(
            label=name.name, choices=answers, initial=name.answer
        )
        self.fields[f"remember-{name.key()}"] = forms.BooleanField(
            label=_("จำ “%(name)s” เป็นชื่ออื่นของส่วนราชการที่เลือก") % {"name": name.name},
            required=False,
            initial=name.is_remembered,
        )

    def name_fields(self) -> list[tuple[UnknownName, forms.BoundField, forms.BoundField]]:
        """Return each unknown name with its two fields."""
        return [
            (name, self[f"name-{name.key()}"], self[f"remember-{name.key()}"])
            for name in self.examination.unknown_names
        ]

    def other_fields(self) -> list[forms.BoundField]:
        """Return the visible fields that are not about names."""
        return [
            field
            for field in self.visible_fields()
            if not field.name.startswith(("name-", "remember-"))
        ]

    def clean_fiscal_year(self) -> int:
        """Refuse what is no year of the Buddhist Era."""
        year: int = self.cleaned_data["fiscal_year"]
        _refuse_odd_year(year)
        return year

    def clean(self) -> dict[str, Any]:
        """Ask for the round where results are taken, and for dates in their order."""
        data = super().clean() or self.cleaned_data
        if data.get("with_results") and not data.get("round"):
            self.add_error("round", _("โปรดเลือกรอบ 6 หรือ 12 เดือนของผลการดำเนินการในไฟล์"))
        opens_on, due_on = data.get("opens_on"), data.get("due_on")
        if opens_on and due_on and due_on < opens_on:
            self.add_error("due_on", _("กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรอบ"))
        return data

    def change(self) -> Chosen:
        """Return what was chosen as a change."""
        data = self.cleaned_data
        values: dict[str, Any] = {
            name: data[name]
            for name in (
                "fiscal_year",
                "with_scores",
                "with_findings",
                "with_results",
                "round",
                "status",
            )
            if name in data
        }
        if "round" in values:
            values["round"] = values["round"] or 0
        for name in ("opens_on", "due_on"):
            if data.get(name) and name in self.changed_data:
                values[name] = data[name].isoformat()
        names = self.examination.unknown_names
        values["names"] = {name.name: data[f"name-{name.key()}"] for name in names}
        values["remembered"] = [name.name for name in names if data[f"remember-{name.key()}"]]
        return Chosen(values)


def captions_of(data: QueryDict, staged: StagedPlan, place: int) -> dict[str, str]:
    """Return the ticked pictures of a measure by their keys, with the captions that were typed."""
    own = set(staged.measure_at(place).pictures)
    numbers = {str(number): each.key for number, each in enumerate(staged.pictures, start=1)}
    captions = {}
    for number in data.getlist("picture"):
        key = numbers.get(number)
        if key in own and key is not None:
            text = data.get(f"caption-{number}", "").strip()
            captions[key] = text[:300] or usual_caption(staged, place)
    return captions


def usual_caption(staged: StagedPlan, place: int) -> str:
    """Return the caption of a picture for which nobody has written one."""
    title = " ".join(staged.measure_at(place).title.split())
    return _("ภาพประกอบมาตรการ %(title)s") % {"title": title[:200]}


def ticks_of(data: QueryDict, staged: StagedPlan, place: int) -> PicturesTicked:
    """Return the ticks of one measure's pictures as a change."""
    return PicturesTicked(place, captions_of(data, staged, place))
