"""Reading plans in the shapes of the five sources, with the quirks that real ones have."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.domain.importing.plan_reading import read_plan
from measures.domain.importing.reading import read_source
from measures.domain.importing.sources import Paragraph, Source
from tests.factories.plan_files import as_csv, as_docx, as_pasted, as_source, as_xlsx
from tests.factories.plan_likeness import FIELDS, Tally, differences
from tests.factories.plan_quirks import MENDED, SLIPS, TORN, WARNED
from tests.factories.plan_samples import make_sample, random_sample
from tests.factories.plan_shapes import QUIRKS, SHAPES, compatible
from tests.factories.plan_truths import OFFICE

EACH_QUIRK = [
    (shape, quirk) for shape in sorted(SHAPES) for quirk in (*QUIRKS[shape], *SLIPS[shape])
]


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_plan_without_quirks_is_read_whole_and_without_warnings(shape: str) -> None:
    sample = make_sample(shape, seed=3)

    draft = read_plan(as_source(sample.plan), OFFICE)

    assert differences(sample.truth, draft) == []
    assert [warning.message for warning in draft.warnings] == []


@pytest.mark.parametrize(("shape", "quirk"), EACH_QUIRK)
def test_quirk_alone_loses_nothing_and_what_is_doubtful_is_warned_of(
    shape: str, quirk: str
) -> None:
    sample = make_sample(shape, [quirk], seed=5, measures=5)

    draft = read_plan(as_source(sample.plan), OFFICE)

    assert differences(sample.truth, draft) == []
    if quirk in WARNED:
        assert any(WARNED[quirk] in warning.message for warning in draft.warnings)


@settings(max_examples=40)
@given(data=st.data(), shape=st.sampled_from(sorted(SHAPES)), seed=st.integers(0, 10**6))
def test_quirks_together_lose_nothing(data: st.DataObject, shape: str, seed: int) -> None:
    everything = (*QUIRKS[shape], *SLIPS[shape])
    quirks = data.draw(st.lists(st.sampled_from(everything), max_size=6, unique=True))
    sample = make_sample(shape, compatible(quirks), seed=seed)

    draft = read_plan(as_source(sample.plan), OFFICE)

    assert differences(sample.truth, draft) == []


def test_thirty_random_files_are_read_with_full_precision_and_recall() -> None:
    tally = Tally()

    for seed in range(30):
        sample = random_sample(seed)
        tally.add(sample.truth, read_plan(as_source(sample.plan), OFFICE))

    assert {name: tally.precision(name) for name in FIELDS} == dict.fromkeys(FIELDS, 1.0)
    assert {name: tally.recall(name) for name in FIELDS} == dict.fromkeys(FIELDS, 1.0)


@pytest.mark.parametrize("shape", sorted(SHAPES))
@pytest.mark.parametrize(
    ("name", "write"), [("แผน.docx", as_docx), ("แผน.xlsx", as_xlsx), ("แผน.csv", as_csv)]
)
def test_file_of_each_format_is_read_alike(shape: str, name: str, write) -> None:
    sample = make_sample(shape, ["repeated_head", "bare_numbers", "slashes"], seed=7)

    draft = read_plan(read_source(write(sample.plan), name), OFFICE)

    assert differences(sample.truth, draft) == []


@pytest.mark.parametrize("shape", ["cover_table", "indicator_table", "memo_photos", "memo_status"])
@pytest.mark.parametrize("manner", ["tabs", "tags", "pipes"])
def test_table_pasted_as_text_is_read_alike(shape: str, manner: str) -> None:
    sample = make_sample(shape, ["rules", "tick_notes"], seed=11)

    draft = read_plan(as_source(as_pasted(sample.plan, manner)), OFFICE)

    assert differences(sample.truth, draft) == []


def test_cover_that_does_not_speak_of_measures_is_the_title_all_the_same() -> None:
    cover = (
        Paragraph("รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใส"),
        Paragraph("ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ รอบ (๑๒ เดือน)"),
    )
    source = as_source(make_sample("cover_table", seed=3).plan)

    draft = read_plan(Source("docx", (*cover, *source.tables())), OFFICE)

    assert draft.title == " ".join(paragraph.text for paragraph in cover)
    assert (draft.fiscal_year, draft.round) == (2567, 12)


def test_torn_words_are_proposed_joined_and_kept_as_written() -> None:
    sample = make_sample("cover_table", ["torn_words"], seed=5)

    draft = read_plan(as_source(sample.plan), OFFICE)

    [warning] = [warning for warning in draft.warnings if warning.proposal]
    assert warning.value.endswith(TORN)
    assert warning.proposal.endswith(MENDED)
    assert draft.measures[1].steps[0] == TORN


def test_unknown_division_comes_with_the_nearest_name() -> None:
    sample = make_sample("cover_table", ["unknown_party"], seed=5)

    draft = read_plan(as_source(sample.plan), OFFICE)

    [warning] = [each for each in draft.warnings if each.field == "responsible"]
    assert (warning.value, warning.proposal, warning.measure) == ("กองช่างง", "กองช่าง", 2)
    assert draft.measures[1].responsible == ["กองช่างง"]


def test_name_of_another_spelling_is_warned_of_with_the_right_one() -> None:
    sample = make_sample("cover_table", ["name_drift"], seed=5)

    draft = read_plan(as_source(sample.plan), OFFICE)

    [warning] = draft.warnings
    assert warning.value == "องค์การบริหารส่วนตำบลสมมติวารื"
    assert warning.proposal == OFFICE.name
