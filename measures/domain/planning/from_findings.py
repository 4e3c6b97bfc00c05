"""Measures from findings: the first draft of this year's plan, filled with what is known alone."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_thai_digits
from ita_portal.thai.periods import fiscal_year_bounds, format_period
from ita_portal.thai.words import normalise_compact
from measures import permissions
from measures.domain.analysing.previous import Basis, Previous, YearBefore
from measures.domain.content import paragraphs
from measures.domain.errors import Invalid
from measures.domain.planning.carrying import (
    carried_responsibilities,
    marks_on_parties,
    marks_on_title,
    marks_on_years,
    numbers_by_title,
)
from measures.domain.planning.measures import next_number, save_measure
from measures.domain.planning.review_marks import Mark, mark, merged
from measures.models import (
    Finding,
    Item,
    Measure,
    Organisation,
    Responsibility,
    Severity,
    User,
)


@dataclass(frozen=True)
class Proposal:
    """The words that a measure starts with, from where they are known, and what to look at."""

    title: str
    steps: list[str] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def findings_to_answer(organisation: Organisation, fiscal_year: int) -> list[Finding]:
    """Return the findings that the plan of ``fiscal_year`` answers, with the measures that do."""
    return list(
        Finding.objects.of_organisation(organisation)
        .filter(fiscal_year=fiscal_year - 1)
        .select_related("indicator", "remedy")
        .prefetch_related(
            "items__instrument", "items__indicator", "items__sub_indicator", "measures"
        )
        .order_by("number")
    )


def answers_to(finding: Finding, fiscal_year: int) -> list[Measure]:
    """Return the measures of the plan of ``fiscal_year`` that answer this finding."""
    return [measure for measure in finding.measures.all() if measure.fiscal_year == fiscal_year]


@transaction.atomic
def draft_measures(
    organisation: Organisation,
    fiscal_year: int,
    findings: Iterable[Finding],
    *,
    by: User,
    as_one: bool = False,
    now: datetime.datetime | None = None,
) -> list[Measure]:
    """Write one measure for each finding that has none yet (``as_one``: one for all of them).

    Title, steps and responsible parties are those of last year's measure on the same items, or the
    remedy of the framework; where neither is known the title is a proposal of ours, to be written
    anew. Everything that was filled in is marked to be looked at. Refuses like ``save_measure``.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.can_coordinate(by, organisation).or_raise()
    wanted = {finding.pk for finding in findings}
    known = findings_to_answer(organisation, fiscal_year)
    chosen = [finding for finding in known if finding.pk in wanted]
    if not chosen:
        raise Invalid(_("โปรดเลือกข้อบกพร่องหรือประเด็นที่ต้องพัฒนาอย่างน้อยหนึ่งข้อ"))
    fresh = [finding for finding in chosen if not answers_to(finding, fiscal_year)]
    if not fresh:
        return []
    year_before = YearBefore.of(organisation, fiscal_year - 1)
    groups = [fresh] if as_one else [[finding] for finding in fresh]
    titles = numbers_by_title(organisation, fiscal_year)
    made: list[Measure] = []
    for number, group in enumerate(groups, start=next_number(organisation, fiscal_year)):
        measure = _draft(
            organisation, fiscal_year, number, group, year_before, titles, by=by, now=now
        )
        titles.setdefault(normalise_compact(measure.title), number)
        made.append(measure)
    return made


def _draft(
    organisation: Organisation,
    fiscal_year: int,
    number: int,
    findings: list[Finding],
    year_before: YearBefore,
    titles: dict[str, int],
    *,
    by: User,
    now: datetime.datetime | None,
) -> Measure:
    items = list(dict.fromkeys(item for finding in findings for item in finding.items.all()))
    proposal = _proposal(findings, items, year_before)
    start, end = fiscal_year_bounds(fiscal_year)
    marks = [
        *proposal.marks,
        *marks_on_title(proposal.title, titles),
        mark("period_text", _("ใส่ไว้ทั้งปีงบประมาณ โปรดแก้ไขตามเวลาที่จะทำจริง")),
        mark("monitoring", _("ยังไม่ได้กำหนดว่าจะติดตามและรายงานผลอย่างไร")),
    ]
    return save_measure(
        Measure(
            organisation=organisation,
            fiscal_year=fiscal_year,
            number=number,
            title=proposal.title,
            indicator=findings[0].indicator,
            period_text=format_period(start, end),
            starts_on=start,
            ends_on=end,
            to_review=merged(marks),
        ),
        by=by,
        steps=proposal.steps,
        responsibilities=proposal.responsibilities,
        items=items,
        findings=findings,
        now=now,
    )


def _proposal(findings: list[Finding], items: list[Item], year_before: YearBefore) -> Proposal:
    """Return what the measure starts with: last year's words, the framework's, else our own."""
    known = [year_before.about(item) for item in items]
    # The same item says more of last year than the same indicator.
    known = [each for basis in Basis for each in known if each.basis == basis and each.measures]
    if known:
        others = {measure.pk: measure for each in known for measure in each.measures}
        return _from_last_year(known[0], list(others.values()))
    remedies = [finding.remedy for finding in findings if finding.remedy]
    steps = [line for remedy in remedies for line in paragraphs(remedy.text)]
    marks = [
        mark("title", _("ชื่อนี้ระบบเสนอจากตัวชี้วัดและข้อประเมิน โปรดเขียนใหม่ให้เป็นมาตรการของหน่วยงาน")),
        mark("steps", _("ยกมาจากแนวทางแก้ไขตามกรอบการประเมิน โปรดปรับให้เข้ากับหน่วยงาน"))
        if steps
        else mark("steps", _("ยังไม่มีขั้นตอน โปรดเพิ่ม")),
        mark("responsible", _("ยังไม่มีผู้รับผิดชอบ โปรดเลือก")),
    ]
    return Proposal(_own_title(findings, items), steps, [], marks)


def _from_last_year(previous: Previous, candidates: list[Measure]) -> Proposal:
    """Return the words of last year's measure; of several ``candidates`` the others are named."""
    before = previous.measures[0]
    steps = [step.text for step in before.steps.all()]
    parties = carried_responsibilities(before)
    source = _("มาจากมาตรการที่ %(number)s ของปี %(year)s (%(basis)s) โปรดทบทวน") % {
        "number": to_thai_digits(before.number),
        "year": to_thai_digits(before.fiscal_year),
        "basis": to_thai_digits(previous.basis_words()),
    }
    others = [to_thai_digits(each.number) for each in candidates if each.pk != before.pk]
    if others:
        more = _("ปีก่อนยังมีมาตรการที่ %(numbers)s สำหรับเรื่องนี้ด้วย") % {"numbers": ", ".join(others)}
        source = f"{source} {more}"
    texts = {
        "title": [before.title],
        "steps": steps,
        "responsible": [party.text for party in parties],
    }
    to_year = before.fiscal_year + 1
    marks = [
        mark("title", source),
        mark("steps", source if steps else _("ยังไม่มีขั้นตอน โปรดเพิ่ม")),
        mark("responsible", source if parties else _("ยังไม่มีผู้รับผิดชอบ โปรดเลือก")),
        *marks_on_years(texts, from_year=before.fiscal_year, to_year=to_year),
        *marks_on_parties(parties),
    ]
    return Proposal(before.title, steps, parties, marks)


def _own_title(findings: list[Finding], items: list[Item]) -> str:
    """Return a plain title from what the findings are about; never blank."""
    is_urgent = any(finding.severity == Severity.FIX_AT_ONCE for finding in findings)
    verb = _("แก้ไขข้อบกพร่อง") if is_urgent else _("พัฒนาการดำเนินงาน")
    names = dict.fromkeys(finding.indicator.name for finding in findings if finding.indicator)
    title = _("%(verb)sด้าน%(names)s") % {"verb": verb, "names": ", ".join(names)} if names else verb
    if items:
        codes = ", ".join(item.code() for item in items)
        return _("%(title)s (ข้อ %(codes)s)") % {"title": title, "codes": codes}
    numbers = ", ".join(str(finding.number) for finding in findings)
    return _("%(title)s (ประเด็นที่ %(numbers)s)") % {"title": title, "numbers": numbers}
