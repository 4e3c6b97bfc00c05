"""A second spelling of the office's own name is remarked; others and right names are not."""

import pytest

from tests.factories.proofreading import content_saying, found_in

KIND = "องค์การบริหารส่วนตำบล"


def spellings(name, text, *, kind=KIND, short="อบต.", others=(), **memo):
    whole = content_saying(text, memo={"office": "", "addressee": "", "through": ""} | memo)
    whole["paragraphs"] |= {"opening": [], "assessment": [], "results_title": ""}
    whole["organisation"] |= {
        "name": f"{kind}{name}",
        "short_name": f"{short}{name}",
        "kind_name": kind,
    }
    return [found for _place, found in found_in(whole, "office_name", other_names=others)]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("สมมติดาด", f"ของ{KIND}สมมติดาต อำเภอสมมติเมือง", f"{KIND}สมมติดาต"),
        ("สมมติดาด", f"ตามที่{KIND}สมมติดาตได้วิเคราะห์ผล", f"{KIND}สมมติดาต"),
        ("ทากอ", f"ที่ทำการ{KIND} ทามก้อ ให้สั้นลง", f"{KIND} ทามก้อ"),
        ("ทากอ", "เว็บไซต์ของ อบต.ทาก และเพจ", "อบต.ทาก"),
        ("ผาขาว", f"นายก{KIND}ผาวาว", f"{KIND}ผาวาว"),
    ],
)
def test_name_with_a_letter_off(name, text, found):
    assert spellings(name, text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        f"{KIND}สมมติดาด",
        f"นายก{KIND}สมมติดาดและปลัด{KIND}สมมติดาด",
        "อบต.สมมติดาด อบต. สมมติดาด อบตสมมติดาด",
        f"ศึกษาดูงานที่{KIND}หนองสมมติบัว",
        f"ปลัด{KIND}ได้มอบหมาย และ{KIND} ผ่านการประเมิน",
        "เทศบาลตำบลสมมติดาต",
        "ตำบลสมมติดาต",
    ],
)
def test_right_names_other_offices_and_names_left_out(text):
    assert spellings("สมมติดาด", text) == []


def test_office_of_this_install_with_a_similar_name_is_another_office():
    text = f"ร่วมกับ{KIND}สมมติดาตจัดอบรม"

    assert spellings("สมมติดาด", text, others=[f"{KIND}สมมติดาต"]) == []


def test_town_and_its_elected_head():
    text = "นายกเทศมนตรีเมืองสมมติดาต ของเทศบาลเมืองสมมติดาด"

    assert spellings("สมมติดาด", text, kind="เทศบาลเมือง", short="ทม.") == ["เทศมนตรีเมืองสมมติดาต"]


@pytest.mark.parametrize("field", ["office", "addressee", "through", "subject"])
def test_fields_that_name_the_office_take_no_other_name_at_all(field):
    other = f"{KIND}หนองสมมติบัว"

    assert spellings("สมมติดาด", "", **{field: f"ของ{other} โทร. 0 4200 0000"}) == [other]
    assert spellings("สมมติดาด", "", others=[other], **{field: other}) == [other]


@pytest.mark.parametrize(
    "text", [f"นายก{KIND} ผ่านปลัด{KIND}", f"นายก{KIND}ผ่านปลัด", f"ผลของ{KIND}ประจำปี"]
)
def test_fields_without_any_name_are_fine(text):
    assert spellings("สมมติดาด", "", addressee=text) == []


def test_office_whose_name_is_not_made_of_kind_and_name_is_left_alone():
    assert spellings("", "เมืองสมมติ", kind="เมืองสมมติยา", short="") == []
