"""What a plan says of one year, moved to another."""

import datetime

import pytest

from measures.domain.planning.moving import moved_day, moved_end, moved_period, note_on_years


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("before", "after"), [("2021-03-31", "2022-03-31"), ("2024-02-29", "2025-02-28")]
)
def test_a_day_moves_by_a_year(before, after):
    assert moved_day(day(before), 1) == day(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2023-02-28", "2024-02-29"),
        ("2024-02-29", "2025-02-28"),
        ("2024-02-28", "2025-02-28"),
        ("2023-09-30", "2024-09-30"),
        ("2023-09-15", "2024-09-15"),
    ],
)
def test_a_period_that_ends_with_its_month_ends_with_it_in_a_leap_year_too(before, after):
    assert moved_end(day(before), 1) == day(after)
    moved = moved_period("ม.ค. - ก.พ.", None, day(before), from_year=2566, to_year=2567)
    assert moved.end == day(after)


def test_a_period_that_names_its_years_is_written_anew_and_noted():
    moved = moved_period(
        "ม.ค.- ก.ย. ๖๗", day("2024-01-01"), day("2024-09-30"), from_year=2567, to_year=2568
    )

    assert moved.text == "๑ มกราคม ๒๕๖๘ – ๓๐ กันยายน ๒๕๖๘"
    assert (moved.start, moved.end) == (day("2025-01-01"), day("2025-09-30"))
    assert "ม.ค.- ก.ย. ๖๗" in moved.note


def test_a_period_without_a_year_stands_as_written():
    moved = moved_period(
        "ไตรมาสที่ ๒", day("2024-01-01"), day("2024-03-31"), from_year=2567, to_year=2568
    )

    assert (moved.text, moved.start, moved.end, moved.note) == (
        "ไตรมาสที่ ๒",
        day("2025-01-01"),
        day("2025-03-31"),
        "",
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("หลังประกาศผลปี ๒๕๖๗", None, None),
        ("ทุกเดือน ในปีงบประมาณ พ.ศ. ๒๕๖๗", day("2023-10-01"), day("2024-09-30")),
    ],
)
def test_a_period_that_cannot_be_written_anew_is_kept_and_noted(text, start, end):
    moved = moved_period(text, start, end, from_year=2567, to_year=2568)

    assert moved.text == text
    assert "ระบุปีเดิม" in moved.note


def test_a_period_of_the_same_year_does_not_move():
    moved = moved_period("ปี ๒๕๖๗", day("2023-10-01"), None, from_year=2567, to_year=2567)

    assert (moved.text, moved.start, moved.note) == ("ปี ๒๕๖๗", day("2023-10-01"), "")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ประกาศแผนปี ๒๕๖๗ ภายใน ๑๕ ตุลาคม ๒๕๖๖", ["๒๕๖๗", "๑๕ ตุลาคม ๒๕๖๖"]),
        ("ตามระเบียบ พ.ศ. 2542 และภายใน 31 มกราคม 2568", []),
        ("แผนพัฒนา 2566 - 2570", []),
        ("ประชุมทุกเดือน", []),
    ],
)
def test_times_of_the_old_year_are_named(text, named):
    note = note_on_years(text, from_year=2567, to_year=2568)

    assert bool(note) == bool(named)
    assert all(f"“{each}”" in note for each in named)


def test_nothing_is_old_in_the_same_year():
    assert note_on_years("ปี 2567", from_year=2567, to_year=2567) == ""
