"""The memo of a handover: from the frozen list to paper, in the same form as other memos."""

import datetime as dt
import itertools
from typing import Any

from django.template.loader import render_to_string

from ita_portal.thai.dates import memo_date
from measures.models import Handover
from reports.rendering.furniture import furniture_html
from reports.rendering.joining import joined
from reports.rendering.paper_text import names_held
from reports.rendering.parts import Variant, draw_furniture, draw_part
from reports.sections.heads import memo_head

Content = dict[str, Any]

GIVER, RECEIVER, WITNESS = "ผู้ส่งมอบ", "ผู้รับมอบ", "พยาน"


def memo_of(handover: Handover) -> bytes:
    """Return the memo of a handover as PDF, drawn from its frozen content alone.

    The same handover gives the same bytes. Reads the style sheet, the fonts and the emblem under
    the media root; writes nothing and never uses the network.
    """
    content = handover.content
    memo = _memo(content)
    part = draw_part(html_of(content), [Variant.ACCESSIBLE])
    furniture = draw_furniture(furniture_html(memo, part.pages))
    return joined([part.files[Variant.ACCESSIBLE]], furniture=furniture, evidence={})


def html_of(content: Content) -> str:
    """Return the memo as HTML; the style sheet is added by whoever draws it."""
    memo = _memo(content)
    with names_held(_names(content)):
        sections = [
            render_to_string("reports/sections/memo_head.html", memo_head(memo)),
            render_to_string("reports/sections/handover.html", _body(content)),
        ]
        return render_to_string(
            "reports/paper.html",
            {
                "title": memo["memo"]["subject"],
                "author": content["organisation"]["name"],
                "subject": f"ตั้งแต่วันที่ {memo_date(_day(content), thai_digits=False)}",
                "dated": content["handed_on"],
                "groups": [{"page": "upright begins-with-memo-head", "sections": sections}],
            },
        )


def _day(content: Content) -> dt.date:
    return dt.date.fromisoformat(content["takes_effect_on"])


def _names(content: Content) -> list[str]:
    """Return what is not broken between lines: people, posts, the office."""
    people = [content["from"], content["to"], *filter(None, [content["witness"]])]
    return [
        content["organisation"]["name"],
        content["division"],
        content["post"],
        *(person["name"] for person in people),
        *(line for person in people for line in person["position_lines"]),
    ]


def _memo(content: Content) -> Content:
    """Return the handover in the words of a memo, for the head and what stands around the text."""
    organisation = content["organisation"]
    office = f"{content['division']} {organisation['name']}".strip()
    telephone = f" โทร. {organisation['phone']}" if organisation["phone"] else ""
    witness = content["witness"]
    addressee = witness["position_lines"][-1] if witness else f"ผู้กำกับดูแล{organisation['name']}"
    return {
        "organisation": organisation,
        "memo": {
            "office": f"{office}{telephone}",
            "number": f"{organisation['document_prefix']}/"
            if organisation["document_prefix"]
            else "",
            "date": content["handed_on"],
            "subject": f"การส่งมอบงานในตำแหน่ง{content['post']}",
            "addressee": addressee,
            "through": "",
        },
        "publication": None,
    }


def _body(content: Content) -> Content:
    """Return the paragraphs, the table and those who sign."""
    organisation = content["organisation"]["name"]
    giver, receiver = content["from"], content["to"]
    day = memo_date(_day(content), thai_digits=False)
    numbers = itertools.count(1)
    duties = [
        {**duty, "items": [{**item, "number": next(numbers)} for item in duty["items"]]}
        for duty in content["duties"]
    ]
    count = sum(len(duty["items"]) for duty in duties)
    return {
        "paragraphs": [
            f"ด้วย {giver['name']} ตำแหน่ง{content['post']} {organisation} จะพ้นจากหน้าที่ในตำแหน่งดังกล่าว"
            f" และ {receiver['name']} จะรับหน้าที่แทนตั้งแต่วันที่ {day} เป็นต้นไป",
            f"ในการนี้ ผู้ส่งมอบขอส่งมอบงานมาตรการส่งเสริมคุณธรรมและความโปร่งใสที่ยังดำเนินการไม่แล้วเสร็จ"
            f" จำนวน {count} รายการ ให้แก่ผู้รับมอบ ดังนี้"
            if count
            else "ในการนี้ ไม่มีงานมาตรการส่งเสริมคุณธรรมและความโปร่งใสที่ยังดำเนินการไม่แล้วเสร็จต้องส่งมอบ",
        ],
        "duties": duties,
        "checked": "ผู้ส่งมอบและผู้รับมอบได้ตรวจรายการข้างต้นร่วมกันแล้ว เห็นว่าถูกต้องครบถ้วน"
        " จึงลงลายมือชื่อไว้เป็นหลักฐาน",
        "closing": "จึงเรียนมาเพื่อโปรดทราบ",
        "signers": [
            _signer(giver, GIVER),
            _signer(receiver, RECEIVER),
            _signer(content["witness"] or _nobody(), WITNESS),
        ],
    }


def _nobody() -> Content:
    return {"name": "", "rank": "", "position_lines": []}


def _signer(person: Content, capacity: str) -> Content:
    return {
        "capacity": capacity,
        "block": {
            "rank": person["rank"],
            "signer_name": person["name"],
            "position_lines": person["position_lines"],
            "is_signed": False,
            "signed_on": None,
        },
    }
