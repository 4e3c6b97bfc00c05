"""Reading a plan or report: tables first, prose in the manner of reports by item where none is."""

from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.importing.office_words import OfficeWords
from measures.domain.importing.plan_drafts import DraftMeasure, DraftWarning, Fate, PlanDraft
from measures.domain.importing.plan_reading.block_reading import fill, title_of
from measures.domain.importing.plan_reading.bounds import refuse_too_much
from measures.domain.importing.plan_reading.fused import take_apart
from measures.domain.importing.plan_reading.item_lines import take_scores
from measures.domain.importing.plan_reading.leftovers import parted
from measures.domain.importing.plan_reading.lines import lines_of
from measures.domain.importing.plan_reading.matching import matched
from measures.domain.importing.plan_reading.notes import Notes
from measures.domain.importing.plan_reading.prose import has_prose, read_prose
from measures.domain.importing.plan_reading.table_rows import Section, Tables, read_rows
from measures.domain.importing.plan_reading.tables import (
    Loose,
    PlanTable,
    as_paragraphs,
    tables_and_paragraphs,
)
from measures.domain.importing.plan_reading.titles import read_title, warn_of_other_names
from measures.domain.importing.sources import Source

_LONGEST_HEADS = 3  # heads of other tables that a refusal quotes


def read_plan(source: Source, office: OfficeWords) -> PlanDraft:
    """Return the measures a file holds, what to look at, and what became of every cell.

    Pure: nothing is stored or asked. Raises Invalid where no table of a plan or report and no
    prose by item is found, saying what was found and what is expected.
    """
    refuse_too_much(source)
    notes = Notes(office)
    notes.draft.warnings += [
        DraftWarning(where=note.where, message=note.message, value=note.value)
        for note in source.notes
    ]
    blocks = tables_and_paragraphs(source)
    paragraphs = [block for block in blocks if isinstance(block, Loose)]
    grids = [block for block in blocks if isinstance(block, PlanTable)]
    if source.extension != "docx" and (written := _as_prose(grids)):
        paragraphs, grids = written, []
    tables = read_rows(grids, notes)
    is_prose = not tables.sections and has_prose(paragraphs)
    if not tables.sections and not is_prose:
        raise Invalid(_what_is_missing(tables))
    texts = [(loose.place, _printed(loose)) for loose in paragraphs] + tables.above
    used = read_title([text for text in texts if text[1]], notes)
    if is_prose:
        left = read_prose(paragraphs, notes)
    else:
        _read_sections(tables.sections, notes)
        left = paragraphs
    for loose in left:
        _note_paragraph(loose, notes, is_title=loose.place in used)
    if not notes.draft.measures:
        raise Invalid(_("พบหัวตารางของแผนหรือรายงาน แต่ไม่มีแถวของมาตรการ โปรดตรวจไฟล์"))
    notes.draft.fates.sort(key=lambda fate: (fate.table, fate.row, fate.column))
    return notes.draft


def _as_prose(grids: list[PlanTable]) -> list[Loose]:
    """Return the paragraphs of a report by item that stands on sheets, one a row."""
    written = [as_paragraphs(grid) for grid in grids]
    paragraphs = [loose for each in written for loose in each]
    return paragraphs if all(written) and has_prose(paragraphs) else []


def _what_is_missing(tables: Tables) -> str:
    expected = _("ต้องมีตารางที่มีหัวคอลัมน์ “มาตรการ” กับคอลัมน์อื่นของแผน เช่น “ขั้นตอนหรือวิธีการ” “ผู้รับผิดชอบ”")
    if not tables.others:
        return _("ไม่พบตารางในไฟล์ %(expected)s") % {"expected": expected}
    return _("ตารางในไฟล์ไม่ใช่แผนหรือรายงานตามมาตรการ (พบ: %(found)s) %(expected)s") % {
        "found": "; ".join(tables.others[:_LONGEST_HEADS]),
        "expected": expected,
    }


def _printed(loose: Loose) -> str:
    return "\n".join(line.printed() for line in lines_of([loose.paragraph]))


def _read_sections(sections: list[Section], notes: Notes) -> None:
    take_apart(sections, notes)
    for place, section in enumerate(sections):
        blocks = [block for block in section.blocks if block.pieces]
        places: list[int | None] = [None] * len(blocks)
        if place:
            places = matched(blocks, notes.draft.measures)
        for block, found in zip(blocks, places, strict=True):
            if found is None:
                measure = DraftMeasure(number=len(notes.draft.measures) + 1, title="")
                notes.draft.measures.append(measure)
                found = len(notes.draft.measures) - 1
                if place:
                    notes.warn(
                        next(iter(block.pieces.values()))[0].place,
                        _("มาตรการนี้ไม่มีในตารางก่อน จึงเพิ่มเป็นมาตรการใหม่ โปรดตรวจ"),
                        value=title_of(block)[0],
                        measure=found + 1,
                        field="title",
                    )
            fill(notes.draft.measures[found], found + 1, block, notes)


def _note_paragraph(loose: Loose, notes: Notes, *, is_title: bool) -> None:
    """Note the fate of a paragraph outside of the tables, and what it states of items."""
    text = loose.paragraph.printed()
    if not text.strip():
        notes.fate(loose.place, text, Fate.SEPARATOR)
    elif take_scores(text, loose.place, notes) or is_title:
        notes.fate(loose.place, text, Fate.TITLE)
    else:
        words, taken = parted(text)
        notes.fate(loose.place, text, Fate.QUARANTINED if taken and not words else Fate.LEFT_OUT)
    warn_of_other_names(text, loose.place, notes)
    if loose.paragraph.pictures:
        notes.warn_of_loose_picture(loose.place)
