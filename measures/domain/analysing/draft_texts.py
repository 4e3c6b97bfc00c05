"""The words of a draft finding, put together from facts alone: nothing here asks the database.

Every sentence is the portal's own. What a framework's guidance says is quoted only where its text
has been entered with its source. Numbers stay in Arabic digits, as in every stored text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from measures.domain.analysing.previous import Previous
from measures.models import InstrumentCode, Item, Severity, SubIndicator


@dataclass(frozen=True)
class ScoredItem:
    """An item of a finding: its score, and the group it falls in by the office's thresholds."""

    item: Item
    score: Decimal
    severity: Severity | None  # None: not weak, yet among the lowest of its instrument
    previous: Previous | None = None


@dataclass(frozen=True)
class Guidance:
    """What a framework says to do about these items: what is linked, and its words if any."""

    links: tuple[Item, ...] = ()
    sub_indicators: tuple[SubIndicator, ...] = ()
    text: str = ""


NO_GUIDANCE = Guidance()
LONGEST_REFERENCES = 200  # characters, as the field


def references_of(guidance: Guidance) -> str:
    """Return the references as they are written: ``o11, o12`` or ``9.1, 9.2``.

    As many as the field holds; the draft's text names all of them.
    """
    written = ""
    for name in (
        *(link.code().lower() for link in guidance.links),
        *(part.number for part in guidance.sub_indicators),
    ):
        longer = f"{written}, {name}" if written else name
        if len(longer) > LONGEST_REFERENCES:
            break
        written = longer
    return written


def analysis_of(
    items: Sequence[ScoredItem],
    guidance: Guidance,
    *,
    fix_at_once_below: Decimal,
    improve_below: Decimal,
) -> str:
    """Return the draft text of one finding of one or more items, one paragraph to a line."""
    lines = [
        _score_line(scored, fix_at_once_below=fix_at_once_below, improve_below=improve_below)
        for scored in items
    ]
    lines += _previous_lines(items)
    links = _links_line(guidance)
    if links:
        lines.append(links)
    if guidance.text.strip():
        lines.append(_("แนวทางตามกรอบการประเมิน: %(text)s") % {"text": guidance.text.strip()})
    return "\n".join(lines)


def question_of(item: Item) -> str:
    """Return the item as one reads it: code and words, or that the framework has no words yet."""
    if item.text:
        return _("ข้อ %(code)s “%(text)s”") % {"code": item.code(), "text": item.text}
    return _("ข้อ %(code)s (ยังไม่มีข้อความของข้อนี้ในกรอบการประเมิน)") % {"code": item.code()}


def tells_score(text: str, item: Item, score: Decimal) -> bool:
    """Return whether a drafted text gives this item this score, as ``analysis_of`` words it."""
    start = question_of(item)
    return any(
        line.startswith(start) and f"{score:.2f}" in line.removeprefix(start)
        for line in text.splitlines()
    )


def _score_line(scored: ScoredItem, *, fix_at_once_below: Decimal, improve_below: Decimal) -> str:
    words = {
        "question": question_of(scored.item),
        "score": f"{scored.score:.2f}",
        "at_once": f"{fix_at_once_below:.2f}",
        "improve": f"{improve_below:.2f}",
        "instrument": InstrumentCode(scored.item.instrument.code).value,
    }
    if scored.severity == Severity.FIX_AT_ONCE:
        return (
            _(
                "%(question)s ได้ %(score)s คะแนน ต่ำกว่า %(at_once)s คะแนนที่หน่วยงานกำหนด "
                "จึงต้องแก้ไขโดยเร่งด่วน"
            )
            % words
        )
    if scored.severity == Severity.IMPROVE:
        return (
            _("%(question)s ได้ %(score)s คะแนน ต่ำกว่า %(improve)s คะแนนที่หน่วยงานกำหนด จึงควรพัฒนาให้ดีขึ้น")
            % words
        )
    return (
        _(
            "%(question)s ได้ %(score)s คะแนน ไม่ต่ำกว่าเกณฑ์ %(improve)s คะแนน "
            "แต่อยู่ในสามข้อที่ได้คะแนนน้อยที่สุดของ %(instrument)s จึงควรพัฒนาให้ดีขึ้น"
        )
        % words
    )


def _links_line(guidance: Guidance) -> str:
    named = [
        *(f"{link.code().lower()} {link.text}".strip() for link in guidance.links),
        *(_("ตัวชี้วัดย่อย %(part)s") % {"part": part} for part in guidance.sub_indicators),
    ]
    if not named:
        return ""
    return _("ข้อมูลสาธารณะที่เกี่ยวข้องตามกรอบการประเมิน ได้แก่ %(links)s") % {"links": ", ".join(named)}


def _previous_lines(items: Sequence[ScoredItem]) -> list[str]:
    """Return what is known of the year before; items of which the same is known share a line."""
    codes: dict[str, list[str]] = {}
    for scored in items:
        if scored.previous is not None and scored.previous.is_known():
            codes.setdefault(_told_of(scored.previous), []).append(scored.item.code())
    return [
        _("ข้อ %(codes)s: %(told)s") % {"codes": ", ".join(found), "told": told}
        for told, found in codes.items()
    ]


def _told_of(previous: Previous) -> str:
    """Return by what the year before is compared, its score, and what was done about it."""
    done = []
    if previous.findings:
        numbers = ", ".join(str(finding.number) for finding in previous.findings)
        done.append(_("วิเคราะห์ไว้ในประเด็นลำดับที่ %(numbers)s") % {"numbers": numbers})
    if previous.measures:
        titles = ", ".join(
            _("มาตรการที่ %(number)s “%(title)s”")
            % {"number": measure.number, "title": measure.title}
            for measure in previous.measures
        )
        done.append(
            _("มีมาตรการของปี %(year)s คือ %(titles)s")
            % {"year": previous.fiscal_year + 1, "titles": titles}
        )
    told = [previous.basis_words(), previous.score_words()]
    if done:
        told.append(_("ผลปีนั้น%(done)s") % {"done": _(" และ").join(done)})
    return " ".join(part for part in told if part)
