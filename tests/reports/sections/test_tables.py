import pytest

from reports.sections import tables
from tests.factories.content import content, entry, evidence, measure


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
    [row] = tables.status_table(frozen)["rows"]
    expected = [{"mark": "-", "note": ""}] * 3
    expected[column] = {"mark": "/", "note": printed}
    assert row["ticks"] == expected


def test_dash_of_a_step_is_not_doubled():
    steps = [{"number": 1, "text": "-หนึ่ง"}, {"number": 2, "text": "สอง"}]
    frozen = content(measures=[measure(1, steps=steps)])
    assert tables.plan_table(frozen)["rows"][0]["steps"] == "-หนึ่ง\n- สอง"


def test_plan_reports_nothing():
    plan = content(kind="plan")
    assert (tables.status_table(plan), tables.photo_table(plan)) == (None, None)
    assert tables.indicator_table(plan)["is_plan"] is True
    assert tables.outcome_table(plan)["is_plan"] is True


def test_indicator_stands_once_over_its_measures():
    frozen = content(
        measures=[
            measure(1, title="หนึ่ง", indicator="2. การใช้งบประมาณ"),
            measure(2, title="สอง", indicator="2. การใช้งบประมาณ"),
            measure(3, title="สาม", indicator="3. การใช้อำนาจ"),
        ]
    )
    headings = [row["heading"] for row in tables.indicator_table(frozen)["rows"]]
    assert headings == ["ตัวชี้วัดที่ 2 การใช้งบประมาณ", "", "ตัวชี้วัดที่ 3 การใช้อำนาจ"]


@pytest.mark.parametrize("title", ["การใช้ทรัพย์สินของราชการ", "การใช้ทรัพย์สินของทางราชการ"])
def test_measure_called_after_its_indicator_has_no_heading(title):
    frozen = content(measures=[measure(1, title=title, indicator="4. การใช้ทรัพย์สินของราชการ")])
    assert tables.indicator_table(frozen)["rows"][0]["heading"] == ""


def test_each_step_has_its_row():
    steps = [{"number": at, "text": text} for at, text in enumerate(["ก", "ข"], start=1)]
    frozen = content(measures=[measure(1, steps=steps), measure(2, steps=[])])
    rows = tables.indicator_table(frozen)["rows"]
    assert [row["steps"] for row in rows] == [["1. ก", "2. ข"], ["-"]]


def test_photographs_stand_with_their_measure():
    photographs = [evidence("photo", caption="ประชุม"), evidence("photo", caption="ป้าย")]
    frozen = content(
        measures=[measure(1), measure(2, progress=[entry(evidence=photographs)])],
    )
    rows = tables.photo_table(frozen)["rows"]
    assert [[one["code"] for one in row["photographs"]] for row in rows] == [[], ["ก-1", "ก-2"]]
