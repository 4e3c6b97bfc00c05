"""What of a measure holds in another year too, and the marks on what does not."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_thai_digits
from measures.domain.planning.matching import Catalogue
from measures.domain.planning.moving import note_on_years
from measures.domain.planning.review_marks import Mark, mark
from measures.models import Indicator, Item, Measure, Responsibility


def carried_responsibilities(source: Measure) -> list[Responsibility]:
    """Return the responsible parties of a measure for another one of the same office, unsaved."""
    return [
        Responsibility(kind=party.kind, division=party.division, post=party.post, text=party.text)
        for party in source.responsibilities.all()
    ]


def marks_on_parties(parties: Iterable[Responsibility]) -> list[Mark]:
    """Return the mark on responsible divisions that are closed by now."""
    divisions = [
        party.division or (party.post.division if party.post else None) for party in parties
    ]
    closed = [division.name for division in divisions if division and division.closed_on]
    if not closed:
        return []
    note = _("%(names)sยุบเลิกแล้ว โปรดเลือกผู้รับผิดชอบใหม่") % {"names": ", ".join(closed)}
    return [mark("responsible", note)]


def marks_on_years(texts: dict[str, list[str]], *, from_year: int, to_year: int) -> list[Mark]:
    """Return the marks on texts, by field, that name times of the year they come from."""
    notes = {
        field: note_on_years("\n".join(lines), from_year=from_year, to_year=to_year)
        for field, lines in texts.items()
    }
    return [mark(field, note) for field, note in notes.items() if note]


def carried_indicator(
    indicator: Indicator | None, catalogue: Catalogue
) -> tuple[Indicator | None, list[Mark]]:
    """Return the same indicator in the new year's framework, and what to look at about it."""
    if indicator is None:
        return None, []
    found, is_same = catalogue.indicator_like(indicator)
    if found is not None and is_same:
        return found, []
    return found, [indicator_mark(str(indicator), found, catalogue)]


def indicator_mark(name: str, found: Indicator | None, catalogue: Catalogue) -> Mark:
    """Return the mark on an indicator that has another name, or none, in the new framework."""
    year = to_thai_digits(catalogue.fiscal_year)
    if found is None:
        return mark(
            "indicator",
            _("ไม่พบตัวชี้วัด “%(name)s” ในกรอบปี %(year)s จึงเว้นไว้") % {"name": name, "year": year},
        )
    return mark(
        "indicator",
        _("เดิมคือ “%(name)s” ในกรอบปี %(year)s คือ “%(found)s” โปรดตรวจ")
        % {"name": name, "year": year, "found": found},
    )


def carried_items(items: list[Item], catalogue: Catalogue) -> tuple[list[Item], list[Mark]]:
    """Return the items of the same text in the new year's framework, and a mark on the others."""
    found = [(item, catalogue.item_like(item)) for item in items]
    lost = [str(item) for item, same in found if same is None]
    return [same for _item, same in found if same is not None], items_marks(lost, catalogue)


def items_marks(lost: list[str], catalogue: Catalogue) -> list[Mark]:
    """Return the mark on items that the new framework does not have; none where none is lost."""
    if not lost:
        return []
    return [
        mark(
            "items",
            _("ไม่พบข้อความเดียวกันในกรอบปี %(year)s จึงไม่ได้คัดลอก: %(items)s")
            % {"year": to_thai_digits(catalogue.fiscal_year), "items": ", ".join(lost)},
        )
    ]
