"""The numbers that Word prints before paragraphs, as a reader sees them."""

import pytest

from tests.factories.word_markup import cell, paragraph, read, row, table


def level(number: int, style: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}\
<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, more: str = "") -> str:
    """Two lists of one definition: 90 and, beginning anew, 91."""
    return f'<w:abstractNum w:abstractNumId="90">{"".join(levels)}</w:abstractNum>\
<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>\
<w:num w:numId="91"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0">\
<w:startOverride w:val="1"/></w:lvlOverride></w:num>{more}'


def item(text: str = "ข้อความ", *, number: int = 90, depth: int = 0) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, properties=numbered)


def labels(*blocks: str, **parts: str) -> list[str]:
    return [block.label for block in read(*blocks, **parts).blocks]


@pytest.mark.parametrize(
    ("style", "text", "seen"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("thaiNumbers", "%1.", ["๑.", "๒.", "๓."]),
        ("thaiNumbers", "(%1)", ["(๑)", "(๒)", "(๓)"]),
        ("thaiLetters", "%1.", ["ก.", "ข.", "ค."]),
        ("thaiCounting", "%1", ["หนึ่ง", "สอง", "สาม"]),
        ("decimalZero", "%1)", ["01)", "02)", "03)"]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("bullet", "-", ["-", "-", "-"]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("bullet", "\uf0e8", ["•", "•", "•"]),
        ("none", "", ["", "", ""]),
        ("ordinalText", "%1.", ["1.", "2.", "3."]),
    ],
)
def test_lists_are_numbered_as_printed(style, text, seen):
    assert labels(item(), item(), item(), lists=lists(level(0, style, text))) == seen


def test_thai_letters_skip_those_that_lists_leave_out_and_double_after_the_last():
    found = labels(*[item()] * 42, lists=lists(level(0, "thaiLetters", "%1")))

    assert "".join(found[:41]) == "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
    assert found[41] == "กก"


def test_levels_count_within_the_level_above_and_begin_anew_after_it():
    two = lists(level(0, "thaiNumbers", "%1."), level(1, "thaiNumbers", "%1.%2"))

    found = labels(
        item(), item(depth=1), item(depth=1), item(), item(depth=1), lists=two
    )  # fmt: skip

    assert found == ["๑.", "๑.๑", "๑.๒", "๒.", "๒.๑"]


def test_level_that_never_begins_anew_goes_on():
    two = lists(
        level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    )

    assert labels(item(), item(depth=1), item(), item(depth=1), lists=two) == [
        "1.",
        "(1)",
        "2.",
        "(2)",
    ]


def test_lists_of_one_definition_go_on_and_a_list_with_its_own_start_begins_anew():
    found = labels(
        item(), item(number=91), item(number=91), item(), lists=lists(level(0, "decimal", "%1."))
    )

    assert found == ["1.", "1.", "2.", "3."]


def test_list_that_changes_a_level_prints_it_so():
    own = f'<w:num w:numId="92"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0">\
{level(0, "thaiNumbers", "(%1)")}</w:lvlOverride></w:num>'

    assert labels(item(number=92), lists=lists(level(0, "decimal", "%1."), more=own)) == ["(๑)"]


def test_paragraph_of_a_numbered_style_is_numbered_and_may_opt_out():
    styles = '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="90"/>\
</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="Base"/>\
</w:style>'
    styled = '<w:pStyle w:val="Own"/>'

    found = labels(
        paragraph("ก", properties=styled),
        paragraph("ข", properties=styled + '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        paragraph("ค", properties=styled),
        lists=lists(level(0, "thaiNumbers", "%1.")),
        styles=styles,
    )

    assert found == ["๑.", "", "๒."]


def test_numbers_go_on_through_the_cells_of_a_table_and_stand_in_empty_cells():
    numbered = f"<w:tc>{item('')}</w:tc>"
    source = read(
        table(row(numbered, cell("ก")), row(numbered, cell("ข"))),
        lists=lists(level(0, "thaiNumbers", "%1.")),
    )

    (found,) = source.tables()
    assert [cells[0].text() for cells in found.rows] == ["๑.", "๒."]


def test_legal_numbers_are_arabic_at_every_level():
    two = lists(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>"))

    assert labels(item(), item(depth=1), lists=two) == ["I.", "1.1"]


@pytest.mark.parametrize("number", ["77", "x", ""])
def test_list_that_is_not_defined_prints_nothing(number):
    assert labels(paragraph("ก", properties=f'<w:numPr><w:numId w:val="{number}"/></w:numPr>')) == [
        ""
    ]


def test_styles_based_on_each_other_end():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{base}"/></w:style>'
        for name, base in (("One", "Two"), ("Two", "One"))
    )

    assert labels(paragraph("ก", properties='<w:pStyle w:val="One"/>'), styles=styles) == [""]
