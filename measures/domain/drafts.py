"""The first draft of memo fields and paragraphs, assembled from the data in our own words."""

import datetime
from typing import Any

from measures.domain.content import analysed_result
from measures.domain.scoring import results
from measures.models import DocumentLayout, Organisation, ReportingRound


def _office(organisation: Organisation) -> str:
    """Return the line after ส่วนราชการ: the first division, the organisation, its telephone."""
    division = organisation.divisions.reporting().first()
    parts = [division.name if division else "", organisation.name]
    if organisation.phone:
        parts.append(f"โทร. {organisation.phone}")
    return " ".join(part for part in parts if part)[:300]  # the length of the memo's field


def _place(organisation: Organisation) -> str:
    return f"{organisation.name} อำเภอ{organisation.amphoe} จังหวัด{organisation.changwat}"


def _layout(organisation: Organisation) -> str:
    """Return the organisation's own layout, or the memo where that name is not a layout."""
    if organisation.default_layout in DocumentLayout.values:
        return organisation.default_layout
    return DocumentLayout.MEMO_STATUS


def _common(organisation: Organisation, on: datetime.date) -> dict[str, Any]:
    return {
        "layout": _layout(organisation),
        "office": _office(organisation),
        "number": f"{organisation.document_prefix}/" if organisation.document_prefix else "",
        "dated": on,
        "addressee": organisation.mayor_title(),
        "through": "",
        "measures_title": "มาตรการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
        "closing": "จึงเรียนมาเพื่อโปรดทราบและพิจารณา",
    }


def assessment_sentence(organisation: Organisation, fiscal_year: int) -> str:
    """Return the sentence on the score and level that the year's measures answer, or ""."""
    result = analysed_result(organisation, fiscal_year)
    if result is None:
        return ""
    summary = results.summary_of(result)
    total = summary.total()
    if total is None:
        return ""
    level = f" อยู่ในระดับ {summary.level()}" if summary.level() else ""
    return (
        "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ "
        "(Integrity and Transparency Assessment: ITA) "
        f"ประจำปีงบประมาณ พ.ศ. {result.fiscal_year} ของ{_place(organisation)} "
        f"มีคะแนนรวม {total} คะแนน{level}"
    )


def report_fields(reporting_round: ReportingRound, *, on: datetime.date) -> dict[str, Any]:
    """Return the prefilled fields of the progress report of a round, dated ``on``."""
    organisation = reporting_round.organisation
    year = reporting_round.fiscal_year
    sentence = assessment_sentence(organisation, year)
    link = "เพื่อให้ผลการประเมินในปีต่อไปดีขึ้น หน่วยงานจึงขอรายงานผลการดำเนินการตามมาตรการข้างต้น ดังต่อไปนี้"
    return {
        **_common(organisation, on),
        "subject": (
            "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน "
            f"ประจำปีงบประมาณ พ.ศ. {year} ({reporting_round.get_months_display()})"
        ),
        "opening": (
            f"ตามที่{organisation.name}ได้นำผลการประเมินคุณธรรมและความโปร่งใส "
            f"ประจำปีงบประมาณ พ.ศ. {year - 1} มาวิเคราะห์ และกำหนดมาตรการเพื่อส่งเสริมคุณธรรม"
            f"และความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {year} ไว้แล้ว นั้น มีรายละเอียดดังนี้"
        ),
        "assessment": f"{sentence} {link}".strip(),
        "results_title": (
            "ผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน "
            f"ของ{_place(organisation)}"
        ),
    }


def plan_fields(
    organisation: Organisation, fiscal_year: int, *, on: datetime.date
) -> dict[str, Any]:
    """Return the prefilled fields of the plan of a year, dated ``on``."""
    return {
        **_common(organisation, on),
        "subject": (
            f"มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {fiscal_year}"
        ),
        "opening": (
            f"ด้วย{organisation.name}ได้วิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส "
            f"ประจำปีงบประมาณ พ.ศ. {fiscal_year - 1} และกำหนดมาตรการเพื่อแก้ไขข้อบกพร่อง"
            f"และพัฒนาการดำเนินงานในปีงบประมาณ พ.ศ. {fiscal_year} มีรายละเอียดดังนี้"
        ),
        "assessment": assessment_sentence(organisation, fiscal_year),
        "approach": (
            "ให้ส่วนราชการที่รับผิดชอบนำผลการวิเคราะห์ข้างต้นไปปฏิบัติตามมาตรการ ขั้นตอน และระยะเวลา"
            "ที่กำหนดไว้ พร้อมเก็บหลักฐานการดำเนินการ และรายงานผลต่อผู้บริหาร"
            "ในรอบ ๖ เดือนและรอบ ๑๒ เดือน"
        ),
        "results_title": "",
    }
