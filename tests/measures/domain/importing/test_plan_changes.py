"""What a person changes in a staged plan; nothing of it asks the database."""

import pytest

from measures.domain.errors import Invalid
from measures.domain.importing.plan_changes import (
    AddedAfter,
    CellMoved,
    Chosen,
    Corrected,
    JoinedToPrevious,
    NumberTaken,
    PicturesTicked,
    ProposalTaken,
)
from measures.domain.importing.plan_drafts import CellFate, DraftWarning
from measures.domain.importing.plan_reading import read_plan
from measures.domain.importing.sources import Cell, Paragraph, Source, Table
from measures.domain.importing.staged_plans import Choices, StagedPlan
from tests.factories.plan_imports import YEAR, draft_measure, make_staged, plan_draft
from tests.factories.plan_truths import OFFICE


def staged(*measures, **plan) -> StagedPlan:
    return StagedPlan(plan_draft(*measures, **plan), Choices(fiscal_year=YEAR))


def warning(field: str, value: str = "", proposal: str = "", measure: int = 1) -> DraftWarning:
    return DraftWarning("แถวที่ 2", "ควรตรวจ", value, measure, field, proposal)


def test_a_staged_plan_is_plain_data_and_back(office):
    made = make_staged(office, pictures=1, names={"กองอวกาศ": "new"})

    assert StagedPlan.of(made).as_json() == made.draft


def test_correcting_forgets_the_warnings_it_answers_and_keeps_the_others():
    plan = staged(
        draft_measure(1, steps=["ชี้ แจง", "ติด ตาม"]),
        warnings=[warning("steps", "ชี้ แจง"), warning("steps", "ติด ตาม"), warning("title")],
    )

    Corrected(1, {"steps": ["ชี้แจง", "ติด ตาม"]}).apply(plan)

    assert [each.value for each in plan.plan.warnings] == ["ติด ตาม", ""]


def test_a_corrected_period_is_read_anew_and_warned_of_outside_its_year():
    plan = staged(warnings=[warning("period", "ตุลาคม ๒๕๖๗ - กันยายน ๒๕๖๘")])

    Corrected(1, {"period": "มกราคม ๒๕๖๖"}).apply(plan)

    period = plan.plan.measures[0].period
    assert (period.start, period.end) == ("2023-01-01", "2023-01-31")
    assert [each.value for each in plan.plan.warnings] == ["มกราคม ๒๕๖๖"]
    Corrected(1, {"period": "ภายในวันที่ ๓๐ มีนาคม ๒๕๖๖"}).apply(plan)  # one end is enough
    assert [each.value for each in plan.plan.warnings] == ["ภายในวันที่ ๓๐ มีนาคม ๒๕๖๖"]
    Corrected(1, {"period": "มกราคม ๒๕๖๘"}).apply(plan)
    assert plan.plan.warnings == []


@pytest.mark.parametrize(
    ("field", "value", "proposal", "before", "after"),
    [
        ("title", "ก ข", "กข", "มาตรการ ก ข ค", "มาตรการ กข ค"),
        ("steps", "ก ข", "กข", ["ก ข", "ค"], ["กข", "ค"]),
        ("responsible", "กองคลง", "กองคลัง", ["กองคลง"], ["กองคลัง"]),
        ("status", "", "done", "", "done"),
    ],
)
def test_a_proposal_replaces_just_what_it_is_about(field, value, proposal, before, after):
    plan = staged(draft_measure(1, **{field: before}), warnings=[warning(field, value, proposal)])

    ProposalTaken(0).apply(plan)

    assert getattr(plan.plan.measures[0], field) == after
    assert plan.plan.warnings == []


@pytest.mark.parametrize("mark", ["", "- ", "๑. ", "(๒) "])
def test_proposal_for_torn_words_mends_the_step_that_was_read(mark):
    rows = [
        ["มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ"],
        ["อบรม", f"{mark}จัด ทำ ชั้ น ต อ น แล ะ คู่ มือ", "สำนักปลัด"],
    ]
    table = Table(
        1,
        tuple(
            tuple(Cell(at, place, (Paragraph(text),)) for place, text in enumerate(row))
            for at, row in enumerate(rows)
        ),
    )
    plan = StagedPlan(read_plan(Source("docx", (table,)), OFFICE), Choices(fiscal_year=YEAR))
    (at,) = [at for at, each in enumerate(plan.plan.warnings) if each.proposal]

    ProposalTaken(at).apply(plan)

    assert plan.plan.measures[0].steps == ["จัดทำชั้นตอนและคู่มือ"]


def test_proposals_about_the_period_and_the_head_of_the_file():
    plan = staged(
        organisation="อบต.สมมตินะ",
        warnings=[
            warning("period", "๒๕๖๗ -", "๒๕๖๖ -"),
            warning("organisation", "อบต.สมมตินะ", "อบต.สมมตินา", measure=0),
        ],
    )

    ProposalTaken(1).apply(plan)
    ProposalTaken(0).apply(plan)

    assert plan.plan.organisation == "อบต.สมมตินา"
    assert plan.plan.measures[0].period.start == "2023-10-01"


def test_joining_keeps_every_word_and_follows_the_places():
    plan = staged(
        draft_measure(1, title="ต้น", steps=["ก"], status=""),
        draft_measure(2, title="ปลาย", steps=["ข"], status="done", monitoring="อีก"),
        draft_measure(3),
        warnings=[warning("steps", measure=3)],
    )
    NumberTaken(3, "add").apply(plan)

    JoinedToPrevious(2).apply(plan)

    first = plan.plan.measures[0]
    assert (first.title, first.steps, first.status) == ("ต้น ปลาย", ["ก", "ข"], "done")
    assert first.monitoring == "รายงานทุกไตรมาส อีก"
    assert first.responsible == ["สำนักปลัด"]
    assert [each.measure for each in plan.plan.warnings] == [2]
    assert plan.choices.taken == {"2": "add"}


def test_an_added_measure_is_empty_with_a_number_of_its_own():
    plan = staged(draft_measure(1), draft_measure(7))

    AddedAfter(1).apply(plan)

    assert [(each.number, each.title) for each in plan.plan.measures][1] == (8, "")
    assert [each.measure for each in plan.plan.fates] == [1, 3]


@pytest.mark.parametrize(
    ("steps", "cell", "stay", "moved"),
    [
        (["ก", "ข ค"], "๒) ข ค", ["ก"], ["ข ค"]),
        (["ลงประกาศและสรุปผล"], "สรุปผล", ["ลงประกาศและ"], ["สรุปผล"]),
        (["ก"], "ไม่พบ", ["ก"], ["ไม่พบ"]),
    ],
)
def test_a_cell_takes_its_words_along(steps, cell, stay, moved):
    plan = staged(draft_measure(1, steps=steps), draft_measure(2, steps=[]))
    plan.plan.fates = [CellFate("แถวที่ 3", cell, "continued", measure=1, field="steps")]

    CellMoved(0, 2).apply(plan)

    assert [each.steps for each in plan.plan.measures] == [stay, moved]
    assert plan.plan.fates[0].measure == 2


def test_only_the_measures_own_pictures_are_ticked():
    plan = staged(draft_measure(1, pictures=["a", "b"]), draft_measure(2, pictures=["c"]))
    PicturesTicked(2, {"c": "ของสอง"}).apply(plan)

    PicturesTicked(1, {"a": "หนึ่ง", "c": "ไม่ใช่ของตน"}).apply(plan)
    PicturesTicked(1, {"b": "สอง"}).apply(plan)

    assert plan.choices.pictures == {"b": "สอง", "c": "ของสอง"}


@pytest.mark.parametrize(
    "change",
    [
        Corrected(9, {"title": "x"}),
        ProposalTaken(0),
        JoinedToPrevious(1),
        AddedAfter(0),
        CellMoved(99, 1),
        CellMoved(0, 9),
        Chosen({"fiscal_year": 9999}),
        NumberTaken(3, "add"),
    ],
    ids=repr,
)
def test_what_cannot_be_is_refused(change):
    with pytest.raises(Invalid):
        change.apply(staged(warnings=[warning("title", "ก")]))
