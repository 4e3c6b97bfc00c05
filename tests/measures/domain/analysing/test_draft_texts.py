"""The words of a draft: facts alone, in sentences of our own."""

from decimal import Decimal

import pytest

from measures.domain.analysing.draft_texts import (
    NO_GUIDANCE,
    Guidance,
    ScoredItem,
    analysis_of,
    references_of,
)
from measures.domain.analysing.previous import Basis, Movement, Previous
from measures.models import Finding, Indicator, Instrument, Item, Measure, Severity, SubIndicator


def an_item(code: str, text: str = "") -> Item:
    instrument = Instrument(code={"I": "IIT", "E": "EIT", "O": "OIT"}[code[0]])
    return Item(instrument=instrument, number=int(code[1:]), text=text)


def scored(code="I7", score="79.27", severity=Severity.FIX_AT_ONCE, text="ท่านทราบแผนหรือไม่", **more):
    return ScoredItem(an_item(code, text), Decimal(score), severity, **more)


def written(*items, guidance=NO_GUIDANCE):
    return analysis_of(
        items, guidance, fix_at_once_below=Decimal(75), improve_below=Decimal(85)
    ).splitlines()


@pytest.mark.parametrize(
    ("severity", "line"),
    [
        (
            Severity.FIX_AT_ONCE,
            "ข้อ I7 “ท่านทราบแผนหรือไม่” ได้ 79.27 คะแนน ต่ำกว่า 75.00 คะแนนที่หน่วยงานกำหนด "
            "จึงต้องแก้ไขโดยเร่งด่วน",
        ),
        (
            Severity.IMPROVE,
            "ข้อ I7 “ท่านทราบแผนหรือไม่” ได้ 79.27 คะแนน ต่ำกว่า 85.00 คะแนนที่หน่วยงานกำหนด จึงควรพัฒนาให้ดีขึ้น",
        ),
        (
            None,
            "ข้อ I7 “ท่านทราบแผนหรือไม่” ได้ 79.27 คะแนน ไม่ต่ำกว่าเกณฑ์ 85.00 คะแนน "
            "แต่อยู่ในสามข้อที่ได้คะแนนน้อยที่สุดของ IIT จึงควรพัฒนาให้ดีขึ้น",
        ),
    ],
)
def test_the_score_is_told_with_the_threshold_it_is_held_against(severity, line):
    assert written(scored(severity=severity)) == [line]


def test_an_item_without_words_is_told_by_its_code_and_nothing_is_made_up():
    assert written(scored(text=""))[0].startswith(
        "ข้อ I7 (ยังไม่มีข้อความของข้อนี้ในกรอบการประเมิน) ได้ 79.27 คะแนน"
    )


def test_several_items_have_a_line_each():
    assert [line[:8] for line in written(scored("I8"), scored("I9"))] == ["ข้อ I8 “", "ข้อ I9 “"]


def test_what_is_linked_is_named_with_its_title():
    guidance = Guidance(
        links=(an_item("O11", "แผนดำเนินงาน"), an_item("O12")),
        sub_indicators=(SubIndicator(number="9.1"), SubIndicator(number="9.2", name="การบริหารงาน")),
    )

    assert written(scored(), guidance=guidance)[1:] == [
        "ข้อมูลสาธารณะที่เกี่ยวข้องตามกรอบการประเมิน ได้แก่ o11 แผนดำเนินงาน, o12, "
        "ตัวชี้วัดย่อย 9.1, ตัวชี้วัดย่อย 9.2 การบริหารงาน"
    ]
    assert references_of(guidance) == "o11, o12, 9.1, 9.2"


def test_the_frameworks_own_words_are_quoted_only_where_there_are_any():
    assert written(scored(), guidance=Guidance(text="จัดประชุมชี้แจง"))[1:] == [
        "แนวทางตามกรอบการประเมิน: จัดประชุมชี้แจง"
    ]
    assert len(written(scored(), guidance=Guidance(text=" "))) == 1


def test_references_hold_as_many_as_the_field():
    guidance = Guidance(links=tuple(an_item(f"O{number}") for number in range(10, 99)))

    written_references = references_of(guidance)

    assert written_references.startswith("o10, o11, ")
    assert 195 <= len(written_references) <= 200
    assert written_references.split(", ")[-1] in {f"o{number}" for number in range(10, 99)}


def previous(**changes):
    values = {
        "fiscal_year": 2565,
        "item": an_item("I7"),
        "basis": Basis.ITEM,
        "counterpart": an_item("I8"),
        "indicator": None,
        "movement": Movement(Decimal("70.00"), Decimal("79.27")),
        "findings": (),
        "measures": (),
    }
    return Previous(**values | changes)


def test_last_year_is_told_with_what_was_done_about_it():
    told = previous(
        findings=(Finding(number=3),),
        measures=(Measure(number=2, title="ประชุมชี้แจงงบประมาณ"),),
    )

    assert written(scored(previous=told))[1:] == [
        "ข้อ I7: เทียบกับข้อ I8 ของปี 2565 ซึ่งมีข้อความเดียวกัน "
        "ได้ 70.00 คะแนนในปี 2565 ปีนี้เพิ่มขึ้น 9.27 คะแนน "
        "ผลปีนั้นวิเคราะห์ไว้ในประเด็นลำดับที่ 3 "
        "และมีมาตรการของปี 2566 คือ มาตรการที่ 2 “ประชุมชี้แจงงบประมาณ”"
    ]


def test_a_year_before_that_is_not_known_takes_no_line():
    assert len(written(scored(previous=previous(movement=Movement(None, Decimal(80)))))) == 1


def test_items_of_which_the_same_is_known_share_a_line():
    by_indicator = previous(
        basis=Basis.INDICATOR,
        counterpart=None,
        indicator=Indicator(number=2, name="การใช้งบประมาณ"),
        movement=Movement(Decimal("70.00"), None),
    )
    other = previous(movement=Movement(Decimal("60.00"), None))

    lines = written(
        scored("I7", previous=other),
        scored("I8", previous=by_indicator),
        scored("I9", previous=by_indicator),
    )

    assert lines[3:] == [
        "ข้อ I7: เทียบกับข้อ I8 ของปี 2565 ซึ่งมีข้อความเดียวกัน ได้ 60.00 คะแนนในปี 2565",
        "ข้อ I8, I9: ปี 2565 ไม่มีข้อที่มีข้อความเดียวกัน จึงเทียบกับตัวชี้วัดที่ 2 การใช้งบประมาณ ของปีนั้น "
        "ตัวชี้วัดได้ 70.00 คะแนนในปี 2565",
    ]
