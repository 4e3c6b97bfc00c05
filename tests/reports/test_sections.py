import datetime as dt

import pytest

from reports import sections
from tests.factories.content import content, empty_content, measure


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (None, None),
        ("", None),
        ("2021-03-30", dt.date(2021, 3, 30)),
        ("2021-03-30T23:30:00+00:00", dt.date(2021, 3, 31)),
        ("2021-03-30T10:00:00+07:00", dt.date(2021, 3, 30)),
    ],
)
def test_moments_are_dated_in_thailand(text, date):
    assert sections.date_of(text) == date


def test_empty_sections_say_nothing():
    silent = [
        name for name, builder in sections.BUILDERS.items() if builder(empty_content()) is None
    ]
    assert silent == [name for name in sections.BUILDERS if name != "memo_head"]


def test_result_of_the_year_before_is_put_in_words_when_nobody_did():
    frozen = content()
    frozen["paragraphs"]["assessment"] = []
    [sentence] = sections.assessment(frozen)["paragraphs"]
    assert sentence == (
        "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (Integrity and "
        "Transparency Assessment : ITA) ประจำปีงบประมาณ พ.ศ. 2563 ขององค์การบริหารส่วนตำบลสมมตินา "
        "อำเภอสมมติเมือง จังหวัดสมมติธานี มีค่าคะแนนเท่ากับ 51.63 อยู่ในระดับ E"
    )


@pytest.mark.parametrize(
    ("status", "note", "column", "printed"),
    [
        ("not_started", "", 0, ""),
        ("in_progress", "รอผล", 1, "(รอผล)"),
        ("done", "(ตรวจแล้ว)", 2, "(ตรวจแล้ว)"),
    ],
)
def test_one_of_three_columns_is_ticked(status, note, column, printed):
    frozen = content(measures=[measure(1, status=status, status_note=note)])
    [row] = sections.status_table(frozen)["rows"]
    expected = [{"mark": "-", "note": ""}] * 3
    expected[column] = {"mark": "/", "note": printed}
    assert row["ticks"] == expected


def test_through_is_not_said_twice():
    frozen = content()
    for typed in ("ปลัดองค์การบริหารส่วนตำบล", "ผ่าน ปลัดองค์การบริหารส่วนตำบล"):
        frozen["memo"]["through"] = typed
        assert sections.memo_head(frozen)["through"] == "ปลัดองค์การบริหารส่วนตำบล"


def test_dash_of_a_step_is_not_doubled():
    steps = [{"number": 1, "text": "-หนึ่ง"}, {"number": 2, "text": "สอง"}]
    frozen = content(measures=[measure(1, steps=steps)])
    assert sections.plan_table(frozen)["rows"][0]["steps"] == "-หนึ่ง\n- สอง"
