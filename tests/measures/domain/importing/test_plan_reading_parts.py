"""Cells taken apart: lists by their numbers, the responsible by their names, states by words."""

import pytest

from measures.domain.importing.plan_reading.columns import Field, heading_match
from measures.domain.importing.plan_reading.lines import Line
from measures.domain.importing.plan_reading.numbering import parts_of
from measures.domain.importing.plan_reading.parties import parties_of
from measures.domain.importing.plan_reading.text_repair import joined_proposal
from tests.factories.plan_truths import OFFICE


def _parts(*lines: str) -> list[str]:
    return [part.text for part in parts_of([Line(line) for line in lines])]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("๑. จัดทำแผน ๒. เผยแพร่แผน", ["จัดทำแผน", "เผยแพร่แผน"]),
        ("(๑) จัดทำแผน (๒) เผยแพร่แผน", ["จัดทำแผน", "เผยแพร่แผน"]),
        ("1) จัดทำแผน 2) เผยแพร่แผน", ["จัดทำแผน", "เผยแพร่แผน"]),
        ("๑ จัดทำแผน ๒ เผยแพร่แผน", ["จัดทำแผน", "เผยแพร่แผน"]),
        ("๑. จัดทำแผน ๒ เผยแพร่แผน", ["จัดทำแผน", "เผยแพร่แผน"]),
        ("- จัดทำแผน - เผยแพร่แผน", ["จัดทำแผน", "เผยแพร่แผน"]),
        ("• จัดทำแผน • เผยแพร่แผน", ["จัดทำแผน", "เผยแพร่แผน"]),
        ("ขั้นตอนที่ ๑ จัดทำแผน ขั้นตอนที่ ๒ : เผยแพร่", ["จัดทำแผน", "เผยแพร่"]),
        ("มาตรการที่  1 : จัดทำแผน", ["จัดทำแผน"]),
        ("ข้อ ๒ ของประกาศ", ["ข้อ ๒ ของประกาศ"]),
        ("ก. จัดทำแผน ข. เผยแพร่แผน", ["จัดทำแผน", "เผยแพร่แผน"]),
        ("๑.จัดประชุมปีละ ๒ ครั้ง", ["จัดประชุมปีละ ๒ ครั้ง"]),
        ("๑. ตามข้อ ๒. ของประกาศ", ["ตามข้อ ๒. ของประกาศ"]),
        ("๑. ตามประกาศ พ.ศ. ๒๕๖๖", ["ตามประกาศ พ.ศ. ๒๕๖๖"]),
        ("เผยแพร่ ๓ ช่องทาง ได้แก่ เว็บไซต์", ["เผยแพร่ ๓ ช่องทาง ได้แก่ เว็บไซต์"]),
        ("๓ ครั้งต่อปี", ["๓ ครั้งต่อปี"]),
        ("ใช้เวลา 1.5 ชั่วโมง", ["ใช้เวลา 1.5 ชั่วโมง"]),
        ("- ดำเนินการ ม.ค. - ก.ย. ๖๗", ["ดำเนินการ ม.ค. - ก.ย. ๖๗"]),
        ("จ. สมมติธานี จัดอบรม", ["จ. สมมติธานี จัดอบรม"]),
    ],
)
def test_only_numbers_of_a_list_part_a_line(line: str, parts: list[str]) -> None:
    assert _parts(line) == parts


def test_letters_count_when_there_are_several() -> None:
    assert _parts("ก. จัดทำแผน", "ข. เผยแพร่แผน") == ["จัดทำแผน", "เผยแพร่แผน"]


def test_what_stands_below_a_number_stays_in_it() -> None:
    assert _parts("๑. จัดทำช่องทาง", "- เว็บไซต์", "- ตู้รับ", "๒. ติดตาม") == [
        "จัดทำช่องทาง\n- เว็บไซต์\n- ตู้รับ",
        "ติดตาม",
    ]


def test_paragraph_without_a_number_carries_the_numbered_one_on() -> None:
    assert _parts("๑. จัดทำช่องทางการ", "ติดต่อ", "๒. ติดตาม") == ["จัดทำช่องทางการติดต่อ", "ติดตาม"]


def test_sentence_without_a_dash_among_dashes_is_a_part_of_its_own() -> None:
    assert _parts("- มีการประชุม", "มีการจัดทำช่องทาง", "- มีเพจ") == [
        "มีการประชุม",
        "มีการจัดทำช่องทาง",
        "มีเพจ",
    ]


def test_number_that_word_prints_is_no_part_of_the_text() -> None:
    parts = parts_of([Line("๓ แห่งแรกของตำบล", "๑."), Line("ติดตาม", "๒.")])

    assert [(part.label, part.text) for part in parts] == [
        ("๑.", "๓ แห่งแรกของตำบล"),
        ("๒.", "ติดตาม"),
    ]


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        (["สำนักปลัด กองคลัง กองช่าง"], ["สำนักปลัด", "กองคลัง", "กองช่าง"]),
        (["สำนักงานปลัด /กองคลัง/ กองช่าง"], ["สำนักงานปลัด", "กองคลัง", "กองช่าง"]),
        (["สำนักปลัดและกองคลัง"], ["สำนักปลัด", "กองคลัง"]),
        (["สำนักปลัดร่วมกับกองคลัง+กองช่าง"], ["สำนักปลัด", "กองคลัง", "กองช่าง"]),
        (["๑. สำนักปลัด ๒. กองคลัง"], ["สำนักปลัด", "กองคลัง"]),
        (["กองการศึกษา ศาสนาและวัฒนธรรม"], ["กองการศึกษา ศาสนาและวัฒนธรรม"]),
        (["กองการศึกษา", "ศาสนาและวัฒนธรรม"], ["กองการศึกษาศาสนาและวัฒนธรรม"]),
        (["กองคลัง (งานพัสดุ) สำนักปลัด (งานนิติการ)"], ["กองคลัง (งานพัสดุ)", "สำนักปลัด (งานนิติการ)"]),
        (["สำนักปลัด (งาน", "พัฒนาเว็บไซต์)", "กองช่าง"], ["สำนักปลัด (งาน พัฒนาเว็บไซต์)", "กองช่าง"]),
        (["สำนักปลัด (งานเว็บไซต์ หน่วยงาน", "กองช่าง"], ["สำนักปลัด (งานเว็บไซต์ หน่วยงาน", "กองช่าง"]),
        (["ทุกสำนัก/กอง"], ["ทุกสำนัก/กอง"]),
        (["ทุกส่วนราชการ (เจ้าหน้าที่ประชาสัมพันธ์)"], ["ทุกส่วนราชการ (เจ้าหน้าที่ประชาสัมพันธ์)"]),
        (["ข้าราชการ พนักงานจ้าง ทุกส่วนราชการ"], ["ข้าราชการ พนักงานจ้าง ทุกส่วนราชการ"]),
        (["-คณะกรรมการจริยธรรม", "-ปลัด อบต."], ["คณะกรรมการจริยธรรม", "ปลัด อบต."]),
        (["-"], []),
    ],
)
def test_parties_of_a_cell_are_told_apart(cell: list[str], parties: list[str]) -> None:
    found = parties_of([Line(line) for line in cell], OFFICE)

    assert [party.text for party in found] == parties


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("มาตรการ/ แนวทาง", Field.TITLE),
        ("มาตรการเพื่อขับเคลื่อนการส่งเสริมคุณธรรม", Field.TITLE),
        ("ขั้นตอนหรือ วิธีการ", Field.STEPS),
        ("หน่วยงาน ผู้รับผิดชอบ", Field.RESPONSIBLE),
        ("ระยะเวลา ดําเนินการ", Field.PERIOD),
        ("การกำกับ/ติดตาม", Field.MONITORING),
        ("สรุปผลการดำเนินการตามมาตรการ รอบ ๑๒ เดือน", Field.RESULTS),
        ("ผลลัพธ์/ความสำเร็จ", Field.OUTCOMES),
        ("ปัญหาอุปสรรค/ข้อเสนอแนะ", Field.SUGGESTIONS),
        ("ผู้รับผิดซอบ", Field.RESPONSIBLE),
        ("กิจกรรม/มาตรการ", Field.TITLE),
        ("รายละเอียด การดำเนินการ", Field.STEPS),
        ("ส่วนราชการ", Field.RESPONSIBLE),
        ("กำหนด แล้วเสร็จ", Field.PERIOD),
        ("วิธีการติดตาม", Field.MONITORING),
        ("ผลผลิต/ผลลัพธ์", Field.OUTCOMES),
    ],
)
def test_heading_is_known_in_each_wording(heading: str, field: Field) -> None:
    match = heading_match(heading)

    assert match is not None
    assert match.field == field


@pytest.mark.parametrize("text", ["ชื่อโครงการ", "วันลา", "จัดทำแผนการใช้จ่ายเงินให้บุคลากรทราบ", ""])
def test_other_texts_are_no_heading(text: str) -> None:
    assert heading_match(text) is None


def test_short_words_in_a_row_are_not_taken_for_torn_ones() -> None:
    assert joined_proposal("ให้ ได้ มี ใน ที่ และ ของ") == ""
    assert joined_proposal("จัด ทำ ชั้ น ต อ น แล ะ ระยะเวลา") == "จัดทำชั้นตอนและ ระยะเวลา"


def test_torn_words_at_the_end_of_a_text_are_found_too() -> None:
    assert joined_proposal("จัด ทำ ชั้ น ต อ น แล ะ คู่ มือ") == "จัดทำชั้นตอนและคู่มือ"
