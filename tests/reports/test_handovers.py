"""The memo of a handover: what was frozen is what is printed, and nothing else."""

import pytest

from measures.models import Handover
from reports.handovers import html_of, memo_of
from tests.factories.handovers import make_handover
from tests.reports.rendering.printed import compact, pages_of, without_furniture

pytestmark = pytest.mark.django_db


def content_with(*counts: int) -> dict:
    """Return the content of a handover with so many items in each of its kinds."""
    return {
        "schema_version": 1,
        "organisation": {
            "name": "องค์การบริหารส่วนตำบลสมมติธารา",
            "short_name": "อบต.สมมติธารา",
            "tambon": "สมมติธารา",
            "amphoe": "สมมติเมือง",
            "changwat": "สมมติธานี",
            "phone": "0 4200 0000",
            "document_prefix": "สม 76801",
            "emblem": None,
            "has_leaders": True,
        },
        "division": "สำนักปลัด",
        "post": "เจ้าพนักงานธุรการ",
        "from": person("นางสาวขยัน สมมติไร่", "เจ้าพนักงานธุรการ"),
        "to": person("นายรัดกุม สมมติทอง", "นักวิชาการเงินและบัญชี"),
        "witness": person("เข้มแข็ง สมมติชัย", "หัวหน้าสำนักปลัด") | {"rank": "จำเอก"},
        "takes_effect_on": "2026-11-24",
        "handed_on": "2026-11-21",
        "by": "นายดูแล สมมติดี",
        "duties": [
            {
                "kind": f"kind{at}",
                "title": f"งานประเภทที่ {at}",
                "fate": "ผู้รับมอบดำเนินการต่อ",
                "items": [
                    {"name": f"มาตรการที่ {number} ให้ความรู้แก่บุคลากร", "detail": "รอบ 6 เดือน"}
                    for number in range(1, count + 1)
                ],
            }
            for at, count in enumerate(counts, start=1)
        ],
    }


def person(name: str, post: str) -> dict:
    return {"name": name, "shown_name": name, "rank": "", "position_lines": [post]}


def printed(content: dict, folder) -> list[str]:
    return pages_of(memo_of(Handover(content=content)), folder=folder)


def test_the_memo_says_who_hands_what_to_whom_from_when(tmp_path):
    text = compact("".join(without_furniture(page) for page in printed(content_with(2), tmp_path)))

    assert text == compact(
        """บันทึกข้อความ
        ส่วนราชการ สำนักปลัด องค์การบริหารส่วนตำบลสมมติธารา โทร. ๐ ๔๒๐๐ ๐๐๐๐
        ที่ สม ๗๖๘๐๑/ วันที่ ๒๑ พฤศจิกายน ๒๕๖๙
        เรื่อง การส่งมอบงานในตำแหน่งเจ้าพนักงานธุรการ
        เรียน หัวหน้าสำนักปลัด
        ด้วย นางสาวขยัน สมมติไร่ ตำแหน่งเจ้าพนักงานธุรการ องค์การบริหารส่วนตำบลสมมติธารา
        จะพ้นจากหน้าที่ในตำแหน่งดังกล่าว และ นายรัดกุม สมมติทอง จะรับหน้าที่แทนตั้งแต่วันที่
        ๒๔ พฤศจิกายน ๒๕๖๙ เป็นต้นไป
        ในการนี้ ผู้ส่งมอบขอส่งมอบงานมาตรการส่งเสริมคุณธรรมและความโปร่งใสที่ยังดำเนินการไม่แล้วเสร็จ
        จำนวน ๒ รายการ ให้แก่ผู้รับมอบ ดังนี้
        ที่ งานที่ส่งมอบ กำหนดหรือสถานะ
        งานประเภทที่ ๑ (ผู้รับมอบดำเนินการต่อ)
        ๑ มาตรการที่ ๑ ให้ความรู้แก่บุคลากร รอบ ๖ เดือน
        ๒ มาตรการที่ ๒ ให้ความรู้แก่บุคลากร รอบ ๖ เดือน
        ผู้ส่งมอบและผู้รับมอบได้ตรวจรายการข้างต้นร่วมกันแล้ว เห็นว่าถูกต้องครบถ้วน
        จึงลงลายมือชื่อไว้เป็นหลักฐาน
        จึงเรียนมาเพื่อโปรดทราบ
        (ลงชื่อ) ผู้ส่งมอบ (นางสาวขยัน สมมติไร่) เจ้าพนักงานธุรการ
        (ลงชื่อ) ผู้รับมอบ (นายรัดกุม สมมติทอง) นักวิชาการเงินและบัญชี
        (ลงชื่อ) จำเอก พยาน (เข้มแข็ง สมมติชัย) หัวหน้าสำนักปลัด"""
    )


def test_items_are_numbered_through_all_kinds():
    html = html_of(content_with(2, 1))

    assert '<td class="tick">๓</td>' in html
    assert "จำนวน ๓ รายการ" in html.replace("​", "").replace('<span class="whole">', "").replace(
        "</span>", ""
    )


def test_a_long_list_goes_on_with_number_catchword_and_head(tmp_path):
    pages = printed(content_with(20, 25), tmp_path)

    assert len(pages) > 1
    assert "- ๒ -" in pages[1]
    assert all(page.rstrip().endswith("...") for page in pages[:-1])
    assert sum("กำหนดหรือสถานะ" in page for page in pages) >= 2
    assert "จึงเรียนมาเพื่อโปรดทราบ" in pages[-1]
    assert [page.count("(ลงชื่อ)") for page in pages] == [0] * (len(pages) - 1) + [3]


def test_nothing_open_is_said_and_no_table_stands_empty():
    html = html_of(content_with())

    assert "<table" not in html
    assert "ต้องส่งมอบ" in html


def test_without_a_superior_the_witness_signs_on_an_empty_line():
    html = html_of(content_with(1) | {"witness": None})

    assert html.count("พยาน") == 1
    assert 'class="name blank"' in html


def test_the_same_handover_gives_the_same_bytes(office):
    handover = make_handover(office)

    assert memo_of(Handover.objects.get(pk=handover.pk)) == memo_of(handover)


def test_it_is_drawn_from_the_frozen_list_alone(office):
    handover = make_handover(office)
    before = memo_of(handover)
    office.staff.first_name = "เปลี่ยนชื่อ"
    office.staff.save()
    office.staff_post.title = "เปลี่ยนตำแหน่ง"
    office.staff_post.save()

    assert memo_of(Handover.objects.get(pk=handover.pk)) == before


def test_texts_are_escaped():
    content = content_with(1)
    content["duties"][0]["items"][0]["name"] = "<script>1</script>"

    assert "<script>" not in html_of(content)
