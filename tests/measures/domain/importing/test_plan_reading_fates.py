"""Nothing in a file disappears: each text is in a value, or its fate says why not."""

import re
from collections import defaultdict

import pytest

from ita_portal.thai.words import normalise_compact
from measures.domain.importing.plan_drafts import DraftMeasure, Fate, PlanDraft
from measures.domain.importing.plan_reading import read_plan
from measures.domain.importing.sources import Source, Table
from tests.factories.plan_files import as_pasted, as_source
from tests.factories.plan_samples import make_sample, random_sample
from tests.factories.plan_truths import OFFICE

_TAGS = re.compile(r"</?[a-z]+>|\*\*")
_MARKS = re.compile(r"[\s/|,;()\[\]•-]+|และ")
_NUMBER = re.compile(r"^[0-9]{1,2}(?:[.)]|$)")


def _words(text: str) -> list[str]:
    plain = _TAGS.sub(" ", text)
    pieces = [_NUMBER.sub("", normalise_compact(piece)) for piece in _MARKS.split(plain)]
    return [piece for piece in pieces if piece]


def _values(measure: DraftMeasure, field: str) -> str:
    if field == "title":
        return normalise_compact(f"{measure.label} {measure.title}")
    if field == "period":
        return normalise_compact(measure.period.text)
    value = getattr(measure, field)
    return normalise_compact(value if isinstance(value, str) else " ".join(value))


def _lost(source: Source, draft: PlanDraft) -> list[str]:
    """Return the texts of the source that are in no fate, and words of values that are in none."""
    at_place: dict[tuple[int, int, int], str] = defaultdict(str)
    quarantined: dict[tuple[int, int, int], str] = defaultdict(str)
    for fate in draft.fates:
        place = (fate.table, fate.row, fate.column)
        at_place[place] += normalise_compact(_TAGS.sub("", fate.text))
        if fate.fate == Fate.QUARANTINED:
            quarantined[place] += normalise_compact(fate.text)
    lost: list[str] = []
    for place, text in _texts(source).items():
        lost += [f"{place}: {word}" for word in _words(text) if word not in at_place[place]]
    for fate in draft.fates:
        if fate.fate != Fate.VALUE or fate.field == "status":
            continue
        values = _values(draft.measures[fate.measure - 1], fate.field)
        taken = quarantined[fate.table, fate.row, fate.column]
        lost += [
            f"{fate.where} {fate.field}: {word}"
            for word in _words(fate.text)
            if word not in values and word not in taken and not fate.text.startswith("มาตรการ")
        ]
    return lost


def _texts(source: Source) -> dict[tuple[int, int, int], str]:
    found: dict[tuple[int, int, int], str] = {}
    for index, block in enumerate(source.blocks):
        if isinstance(block, Table):
            for r, row in enumerate(block.rows):
                for c, cell in enumerate(row):
                    if block.is_origin(r, c):
                        found[block.number, r, c] = cell.text()
        else:
            found[0, index, 0] = block.printed()
    return found


def test_each_cell_and_paragraph_has_a_fate() -> None:
    source = as_source(make_sample("memo_status", ["split_tables"], seed=2).plan)

    draft = read_plan(source, OFFICE)

    fated = {(fate.table, fate.row, fate.column) for fate in draft.fates}
    assert fated == set(_texts(source))


@pytest.mark.parametrize("seed", range(100, 140))
def test_all_words_are_in_a_value_or_in_another_fate(seed: int) -> None:
    source = as_source(random_sample(seed).plan)

    draft = read_plan(source, OFFICE)

    assert _lost(source, draft) == []


def test_pasted_cells_have_the_fate_of_their_paragraph() -> None:
    sample = make_sample("cover_table", seed=2)

    draft = read_plan(as_source(as_pasted(sample.plan, "pipes")), OFFICE)

    title = next(fate for fate in draft.fates if fate.measure == 1 and fate.field == "title")
    assert (title.table, title.fate) == (0, Fate.VALUE)
    assert title.where == "ย่อหน้าที่ 5 ช่องที่ 1"


def test_left_overs_of_pictures_are_quarantined_and_not_in_the_values() -> None:
    sample = make_sample("cover_table", ["screen_garbage", "signs"], seed=2)

    draft = read_plan(as_source(sample.plan), OFFICE)

    quarantined = {fate.text for fate in draft.fates if fate.fate == Fate.QUARANTINED}
    assert quarantined == {"®", "«", "msanidinsssdgnamludara » svamasa"}
    values = "".join("".join(measure.steps) for measure in draft.measures)
    assert "msanidin" not in values
    assert "®" not in values


def test_signatures_below_the_table_of_a_sheet_are_left_out() -> None:
    sample = make_sample("indicator_table", seed=2)

    draft = read_plan(as_source(sample.plan), OFFICE)

    left_out = [fate.text for fate in draft.fates if fate.fate == Fate.LEFT_OUT]
    assert "..... ผู้รับรองข้อมูล" in left_out
