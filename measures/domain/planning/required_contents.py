"""The four contents that the plan must have to be given credit, and what of them is missing.

Source: the wording of item O42, 2563-2566 (domain facts, §3): the analysis of last year's result;
its details (what must be mended at once, what is to be improved, how it becomes practice); measures
that answer it; and for each who is responsible, its steps, and how it is followed up.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.domain import content as contents
from measures.domain import drafts
from measures.domain.content import Content
from measures.models import (
    Document,
    DocumentKind,
    Finding,
    Measure,
    Organisation,
    Severity,
)


class Part(TextChoices):
    """The four required contents, in the order of the assessor's list."""

    ANALYSIS = "analysis", gettext_lazy("การวิเคราะห์ผลการประเมินของปีก่อน")
    DETAILS = (
        "details",
        gettext_lazy("ข้อบกพร่องที่ต้องแก้ไขโดยเร่งด่วน ประเด็นที่ต้องพัฒนา และแนวทางการนำไปสู่การปฏิบัติ"),
    )
    MEASURES = "measures", gettext_lazy("มาตรการที่สอดคล้องกับผลการวิเคราะห์")
    CONDUCT = "conduct", gettext_lazy("ผู้รับผิดชอบ ขั้นตอน และการกำกับติดตามของทุกมาตรการ")


class Place(TextChoices):
    """Where a gap is mended."""

    RESULT = "result", gettext_lazy("กรอกผลการประเมิน")
    FINDINGS = "findings", gettext_lazy("ไปที่การวิเคราะห์")
    DOCUMENT = "document", gettext_lazy("แก้ไขข้อความของเอกสาร")
    PLAN = "plan", gettext_lazy("เพิ่มมาตรการจากข้อบกพร่อง")
    MEASURE = "measure", gettext_lazy("แก้ไขมาตรการ")


@dataclass(frozen=True)
class Gap:
    """One thing that is missing. ``key`` names it; ``number`` is the measure's, where it is one."""

    part: Part
    key: str
    message: str
    place: Place
    number: int | None = None


_CONDUCT: Final = (
    ("responsible", gettext_lazy("ผู้รับผิดชอบ")),
    ("steps", gettext_lazy("ขั้นตอนหรือวิธีปฏิบัติ")),
    ("monitoring", gettext_lazy("การกำกับติดตามและการรายงานผล")),
)


def gaps_in(content: Content, draft_findings: Collection[int] = ()) -> Iterator[Gap]:
    """Yield what the content of a plan lacks; ``draft_findings`` are the numbers of drafts.

    Reads nothing but what it is given.
    """
    year = content["fiscal_year"] - 1
    yield from _in_analysis(content, year)
    yield from _in_details(content, year, draft_findings)
    yield from _in_measures(content)
    yield from _in_conduct(content)


def _in_analysis(content: Content, year: int) -> Iterator[Gap]:
    assessment = content.get("assessment") or {}
    scores = [assessment.get("total"), *assessment.get("items", [])]
    scores += [each["score"] for each in assessment.get("instruments", [])]
    if not any(scores) and not content["paragraphs"].get("assessment"):
        message = _("ยังไม่มีผลการประเมินปี %(year)s และข้อความสรุปผล") % {"year": year}
        yield Gap(Part.ANALYSIS, "result", message, Place.RESULT)


def _in_details(content: Content, year: int, drafts: Collection[int]) -> Iterator[Gap]:
    findings = content.get("findings", [])
    if not findings:
        message = _("ยังไม่มีข้อบกพร่องหรือประเด็นที่ต้องพัฒนาจากผลปี %(year)s") % {"year": year}
        yield Gap(Part.DETAILS, "findings", message, Place.FINDINGS)
    else:
        severities = {finding["severity"] for finding in findings}
        for severity in Severity:
            if severity not in severities:
                message = _("ยังไม่มี%(group)s หากไม่มีจริงโปรดยกเว้นพร้อมเหตุผลก่อนเสนอลงนาม")
                yield Gap(
                    Part.DETAILS,
                    f"findings.{severity.value}",
                    message % {"group": severity.label},
                    Place.FINDINGS,
                )
    for finding in findings:
        if finding["number"] in drafts:
            message = _("ประเด็นที่ %(number)s ยังเป็นร่างที่ระบบจัดทำ โปรดแก้ไขหรือยอมรับข้อความ")
            key = f"finding.{finding['number']}.draft"
            yield Gap(Part.DETAILS, key, message % finding, Place.FINDINGS)
    if not content["paragraphs"].get("approach"):
        message = _("ยังไม่มีแนวทางการนำผลการวิเคราะห์ไปสู่การปฏิบัติ")
        yield Gap(Part.DETAILS, "approach", message, Place.DOCUMENT)


def _in_measures(content: Content) -> Iterator[Gap]:
    findings, measures = content.get("findings", []), content["measures"]
    if not measures:
        yield Gap(Part.MEASURES, "measures", _("ยังไม่มีมาตรการของปีนี้"), Place.PLAN)
        return
    if not findings:
        message = _("มาตรการยังไม่เชื่อมกับผลการวิเคราะห์ เพราะยังไม่มีข้อบกพร่องให้เลือก")
        yield Gap(Part.MEASURES, "links", message, Place.FINDINGS)
    answered = {number for measure in measures for number in measure.get("findings", [])}
    for finding in findings:
        if finding["number"] not in answered:
            message = _("ประเด็นที่ %(number)s ยังไม่มีมาตรการรองรับ") % finding
            key = f"finding.{finding['number']}.measure"
            yield Gap(Part.MEASURES, key, message, Place.PLAN)


def _in_conduct(content: Content) -> Iterator[Gap]:
    if not content["measures"]:
        message = _("ยังไม่มีมาตรการ จึงยังไม่มีผู้รับผิดชอบ ขั้นตอน และการกำกับติดตาม")
        yield Gap(Part.CONDUCT, "conduct", message, Place.PLAN)
    for measure in content["measures"]:
        lacking = [str(label) for name, label in _CONDUCT if not measure[name]]
        if lacking:
            message = _("มาตรการที่ %(number)s ยังไม่มี%(lacking)s") % {
                "number": measure["number"],
                "lacking": ", ".join(lacking),
            }
            number = measure["number"]
            yield Gap(Part.CONDUCT, f"measure.{number}", message, Place.MEASURE, number)


def draft_findings_of(organisation_slug: str, fiscal_year: int) -> frozenset[int]:
    """Return the numbers of the findings of a year's plan that nobody has accepted yet."""
    drafted = Finding.objects.filter(
        organisation__slug=organisation_slug, fiscal_year=fiscal_year - 1, is_draft=True
    )
    return frozenset(drafted.values_list("number", flat=True))


@dataclass(frozen=True)
class Missing:
    """A gap as a page shows it: what is missing, and where to mend it (``path`` with its label)."""

    gap: Gap
    path: str

    def label(self) -> str:
        """Return what the way there is called."""
        return str(self.gap.place.label)


def missing_contents(
    organisation: Organisation, fiscal_year: int, document: Document | None = None
) -> list[Missing]:
    """Return what the plan of a year lacks of the four required contents, and where to mend it.

    ``document`` is its document at the desk; without one it is read as it would be compiled now.
    Asks as often for few measures as for many.
    """
    plan = document or Document(
        organisation=organisation,
        kind=DocumentKind.PLAN,
        fiscal_year=fiscal_year,
        **drafts.plan_fields(organisation, fiscal_year, on=timezone.localdate()),
    )
    gaps = list(gaps_in(contents.build(plan), draft_findings_of(organisation.slug, fiscal_year)))
    measures = Measure.objects.of_organisation(organisation).of_year(fiscal_year)
    keys = dict(measures.values_list("number", "pk"))
    return [Missing(gap, _path(gap, fiscal_year, document, keys)) for gap in gaps]


def _path(gap: Gap, fiscal_year: int, document: Document | None, measures: dict[int, int]) -> str:
    if gap.place == Place.MEASURE and gap.number in measures:
        return reverse("desk:measure", args=[measures[gap.number]])
    if gap.place == Place.DOCUMENT and document is not None:
        return reverse("desk:document_edit", args=[document.pk])
    if gap.place == Place.RESULT:
        return reverse("desk:result", args=[fiscal_year - 1])
    if gap.place == Place.FINDINGS:
        return reverse("desk:analysis", args=[fiscal_year - 1])
    return reverse("desk:plan_from_findings", args=[fiscal_year])
