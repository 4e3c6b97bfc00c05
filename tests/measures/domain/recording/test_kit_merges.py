"""Merging a returned kit three ways: nothing typed is lost, nothing is overwritten unseen."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.domain.errors import Conflict, Invalid, Locked
from measures.domain.importing import kit_imports
from measures.domain.recording import kit_merges, progress, rounds
from measures.domain.recording.kit_merges import Choice, Outcome, Side
from measures.domain.recording.kits import is_same, make_kit
from measures.models import Event, EventVerb, ProgressEntry
from measures.permissions import NotAllowed
from tests.factories.round_kits import entry_of, kit_of, make_target

TEXT = st.sampled_from(["", "ก", "ข", "ค", "ก\n", " ข"])
OURS, THEIRS = Choice(Side.OURS), Choice(Side.THEIRS)


@settings(max_examples=100)
@given(base=TEXT, theirs=TEXT, ours=TEXT)
def test_no_text_is_lost_by_merging(base, theirs, ours):
    """What differs from the base on either side is the result, or somebody is asked."""
    outcome = kit_merges.outcome_of(base, theirs, ours)
    cell = kit_merges.MergedCell(None, base, theirs, ours, outcome)

    result = cell.result()

    if result is None:
        assert outcome in (Outcome.CONFLICT, Outcome.CLEARED)
        assert [cell.result(OURS), cell.result(THEIRS)] == [ours, theirs]
    else:
        for side in (theirs, ours):
            assert is_same(side, base) or is_same(side, result)


@pytest.fixture
def kit(office):
    return kit_of(office)


def entry(office, number=1):
    return ProgressEntry.objects.get(
        round=office.round, division=office.finance, measure__number=number
    )


def say(office, number=1, **texts):
    """Somebody types into the portal while the kit is away."""
    stored = entry(office, number)
    texts = {"status": "in_progress"} | texts
    return progress.record(stored, by=office.coordinator, version=stored.version, **texts)


def store(office, kit, cells, *, by=None, choices=None, versions=None):
    if versions is None:
        merge = kit_merges.merge_of(kit, cells)
        versions = {row.entry.measure.number: row.entry.version for row in merge.rows}
    return kit_merges.store(
        kit, cells, by=by or office.finance_staff, choices=choices or {}, versions=versions
    )


def outcomes(kit, cells) -> dict[str, str]:
    return {
        key: cell.outcome
        for key, cell in kit_merges.merge_of(kit, cells).cells()
        if cell.outcome != Outcome.UNCHANGED
    }


@pytest.mark.django_db
def test_what_only_the_division_changed_is_recorded_by_the_verb(office, kit):
    cells = {1: {"status": "done", "result": "จัดประชุมแล้ว"}, 2: {"status": "", "result": "ร่างไว้"}}

    assert store(office, kit, cells) == {"1": ["status", "result"], "2": ["result"]}

    first, second = entry(office, 1), entry(office, 2)
    assert (first.status, first.result, first.has_status) == ("done", "จัดประชุมแล้ว", True)
    assert (second.result, second.has_status, second.updated_by) == (
        "ร่างไว้",
        False,
        office.finance_staff,
    )
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["kit_made", "progress_recorded", "progress_recorded", "kit_merged"]


@pytest.mark.django_db
def test_what_others_recorded_in_cells_left_alone_stays(office, kit):
    say(office, result="ในระบบ", outcome="ผลลัพธ์ในระบบ")

    store(office, kit, {1: {"result": "", "suggestion": "จากไฟล์"}})

    stored = entry(office)
    assert (stored.result, stored.outcome, stored.suggestion) == (
        "ในระบบ",
        "ผลลัพธ์ในระบบ",
        "จากไฟล์",
    )


@pytest.mark.django_db
def test_same_file_again_changes_nothing_and_logs_nothing(office, kit):
    cells = {1: {"status": "done", "result": "แล้ว"}}
    store(office, kit, cells)
    before = (entry(office).version, Event.objects.count())

    assert outcomes(kit, cells) == {"1-status": "already", "1-result": "already"}
    assert store(office, kit, cells) == {}
    assert (entry(office).version, Event.objects.count()) == before


@pytest.mark.django_db
def test_cell_changed_by_both_is_asked_about(office, kit):
    say(office, result="ในระบบ")
    cells = {1: {"result": "ในไฟล์"}}
    assert outcomes(kit, cells) == {"1-result": "conflict"}

    with pytest.raises(Invalid, match="1 ช่องที่ต้องเลือก"):
        store(office, kit, cells)
    assert entry(office).result == "ในระบบ"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choice", "kept"),
    [(OURS, "ในระบบ"), (THEIRS, "ในไฟล์"), (Choice(Side.TYPED, "รวมกัน"), "รวมกัน")],
    ids=["ours", "theirs", "typed"],
)
def test_decision_about_a_conflict_is_followed(office, kit, choice, kept):
    say(office, result="ในระบบ")

    store(office, kit, {1: {"result": "ในไฟล์"}}, choices={"1-result": choice})

    assert entry(office).result == kept


@pytest.mark.django_db
def test_emptied_cell_is_never_emptied_unasked(office):
    kit_of(office)  # makes the blank entries
    say(office, result="เดิม")
    kit = make_kit(office.round, office.finance, by=office.coordinator)
    cells = {1: {"result": " \n"}}
    assert outcomes(kit, cells) == {"1-result": "cleared"}

    with pytest.raises(Invalid):
        store(office, kit, cells)
    store(office, kit, cells, choices={"1-result": THEIRS})

    assert entry(office).result.strip() == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "text"),
    [("status", "เสร็จแล้วมั้ง"), ("status_note", "ก" * 201), ("result", "ก" * 20_001)],
)
def test_text_that_cannot_be_stored_is_asked_about(office, kit, field, text):
    cells = {1: {field: text}}
    assert outcomes(kit, cells) == {f"1-{field}": "wrong"}

    for choices in ({}, {f"1-{field}": THEIRS}):
        with pytest.raises(Invalid):
            store(office, kit, cells, choices=choices)
    assert store(office, kit, cells, choices={f"1-{field}": OURS}) == {}


@pytest.mark.django_db
def test_status_that_was_reported_is_not_emptied(office):
    kit_of(office)
    say(office, status="done")
    kit = make_kit(office.round, office.finance, by=office.coordinator)

    assert outcomes(kit, {1: {"status": ""}}) == {"1-status": "wrong"}


@pytest.mark.django_db
def test_what_was_saved_after_the_preview_is_not_overwritten_unseen(office, kit):
    say(office, result="ที่เห็น")
    seen = {1: entry(office).version}
    say(office, result="ใหม่กว่าที่เห็น")

    with pytest.raises(Conflict):
        store(
            office,
            kit,
            {1: {"result": "ในไฟล์"}},
            choices={"1-result": THEIRS},
            versions=seen,
        )
    assert entry(office).result == "ใหม่กว่าที่เห็น"


@pytest.mark.django_db
def test_refusal_in_one_row_undoes_the_others(office, kit):
    say(office, 2, result="ที่เห็น")
    seen = {1: 0, 2: entry(office, 2).version}
    say(office, 2, result="ใหม่กว่าที่เห็น")
    before = Event.objects.count()

    with pytest.raises(Conflict):
        store(
            office,
            kit,
            {1: {"result": "ใหม่"}, 2: {"result": "ในไฟล์"}},
            choices={"2-result": THEIRS},
            versions=seen,
        )
    assert (entry(office, 1).result, Event.objects.count()) == ("", before)


def confirm(office, kit, cells, choices=None):
    """A file comes back, is decided and kept, as at the desk."""
    returned = kit_imports.ReturnedKit(kit, cells)
    staged = kit_imports.stage(b"x,y", name="x.csv", returned=returned, by=office.coordinator)
    merge = kit_imports.merge_of(staged)
    versions = {row.entry.measure.number: row.entry.version for row in merge.rows}
    kit_imports.confirm(staged, by=office.coordinator, choices=choices or {}, versions=versions)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "cells", "choices"),
    [
        ("ในระบบ", {"result": "ในไฟล์"}, {"1-result": OURS}),
        ("ในระบบ", {"result": "ก" * 20_001}, {"1-result": OURS}),
        ("", {"result": "ในไฟล์"}, {}),
        ("ในระบบ", {"result": "ในไฟล์"}, {"1-result": Choice(Side.TYPED, "รวมกัน")}),
    ],
    ids=["kept ours", "too long", "taken", "typed"],
)
def test_what_was_decided_is_not_asked_again_whatever_was_written_since(
    office, kit, before, cells, choices
):
    if before:
        say(office, result=before)
    confirm(office, kit, {1: cells}, choices)
    say(office, result="เขียนใหม่ภายหลัง")

    assert outcomes(kit, {1: cells}) == {"1-result": "settled"}
    assert store(office, kit, {1: cells}) == {}
    assert outcomes(kit, {1: {"result": "ข้อความใหม่"}}) == {"1-result": "conflict"}
    # Another kit knows nothing of it: there the same text is the division's own change.
    newer = make_kit(office.round, office.finance, by=office.coordinator)
    assert outcomes(newer, {1: {"result": "ในไฟล์"}}) == {"1-result": "taken"}


@pytest.mark.django_db
def test_steps_and_numbers_are_merged_like_words(office):
    target = make_target(office)
    first, second = office.measures[0].steps.all()
    marked = entry_of(office)
    marked = progress.save_field(
        marked, f"step-{second.pk}", "yes", by=office.coordinator, version=0
    )
    kit = kit_of(office)
    one, two, number = f"step-{first.pk}", f"step-{second.pk}", f"target-{target.pk}"

    cells = {1: {one: "yes", two: "no", number: "๑,๒๕๐.๕๐"}}
    assert set(store(office, kit, cells)["1"]) == {one, two, number}

    stored = entry(office)
    assert [mark.step for mark in stored.step_marks.all()] == [first]
    assert stored.target_values.get().value == Decimal("1250.5")
    assert not stored.is_reported()  # a tick is no report yet
    assert store(office, kit, cells) == {}
    assert outcomes(kit, {1: {one: "ใกล้แล้ว", two: "", number: "ราวสิบ"}}) == {
        f"1-{one}": "wrong",
        f"1-{two}": "already",  # emptied, and taken out already
        f"1-{number}": "wrong",
    }


@pytest.mark.django_db
def test_emptied_tick_is_asked_about_and_one_said_not_done_is_not(office):
    step = office.measures[0].steps.first()
    name = f"step-{step.pk}"
    progress.save_field(entry_of(office), name, "yes", by=office.coordinator, version=0)
    kit = kit_of(office)

    assert outcomes(kit, {1: {name: ""}}) == {f"1-{name}": "cleared"}
    assert outcomes(kit, {1: {name: "no"}}) == {f"1-{name}": "taken"}
    assert outcomes(kit, {1: {name: "yes"}}) == {}


@pytest.mark.django_db
def test_texts_of_what_the_plan_took_from_the_division_are_told_and_not_stored(office, kit):
    step = office.measures[0].steps.first()
    cells = {1: {"result": "ยังอยู่", f"step-{step.pk}": "yes"}, 2: {"result": "ย้ายไปแล้ว"}}
    step.delete()
    office.measures[1].responsibilities.update(division=office.works)  # the division was split

    merge = kit_merges.merge_of(kit, cells)

    assert [row.entry.measure.number for row in merge.rows] == [1]
    assert [(each.number, each.text) for each in merge.lost] == [
        (1, f"{step.text}: ทำแล้ว"),
        (2, "ย้ายไปแล้ว"),
    ]
    store(office, kit, cells)
    assert entry(office).result == "ยังอยู่"
    assert not entry(office, 2).is_written()


@pytest.mark.django_db
def test_others_staff_and_closed_rounds_are_refused(office, kit):
    cells = {1: {"result": "ใหม่"}}

    with pytest.raises(NotAllowed):
        store(office, kit, cells, by=office.staff)
    rounds.close_round(office.round, by=office.coordinator)
    with pytest.raises(Locked):
        store(office, kit, cells)
    assert not Event.objects.filter(verb=EventVerb.KIT_MERGED).exists()
