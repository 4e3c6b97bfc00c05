"""Hand-made frozen content: a fictional organisation, six measures, five signers."""

import copy
from typing import Any

Content = dict[str, Any]

MEASURES = [
    (
        "ให้ความรู้แก่บุคลากรทุกระดับเรื่องการประเมินคุณธรรมและความโปร่งใสของหน่วยงาน",
        ["จัดทำสื่อสรุปเกณฑ์การประเมินเป็นภาพชุดละ 5 แผ่น แล้วส่งทางกลุ่มสนทนาของหน่วยงานทุกวันจันทร์แรกของเดือน"],
        ["สำนักปลัด", "กองคลัง", "กองช่าง", "กองสาธารณสุขและสิ่งแวดล้อม", "กองสวัสดิการสังคม"],
        "in_progress",
        "",
    ),
    (
        "ลดขั้นตอนการให้บริการประชาชน",
        [
            "ทบทวนขั้นตอนของงานบริการ 12 งาน และรวมจุดรับคำขอไว้ที่เดียว",
            "เปิดรับคำขอผ่านระบบ e-Service ที่ https://example.go.th/service1",
            "ตั้งกล่องรับความเห็นต่อการปฏิบัติงานของเจ้าหน้าที่",
        ],
        ["สำนักปลัด", "กองคลัง", "กองช่าง", "กองสาธารณสุขและสิ่งแวดล้อม", "กองสวัสดิการสังคม"],
        "in_progress",
        "",
    ),
    (
        "เปิดเผยการจัดซื้อจัดจ้างให้ตรวจสอบได้",
        ["ลงประกาศ แผน และสรุปผลการจัดซื้อจัดจ้างบนเว็บไซต์ของหน่วยงานภายใน 3 วันทำการ"],
        ["กองคลัง"],
        "done",
        "ตรวจดูได้ที่เว็บไซต์ของหน่วยงาน",
    ),
    (
        "ผู้บริหารประกาศเจตจำนงสุจริตและกำหนดนโยบาย แผนงาน หรือโครงการที่พัฒนาคุณธรรม"
        "และความโปร่งใสให้ครบทุกด้านของการประเมิน",
        [
            "ผู้บริหารลงนามประกาศเจตจำนงว่าจะทำงานด้วยความซื่อตรง น้ำใจงาม และพร้อมรับผิด "
            "แล้วชี้แจงต่อบุคลากรในการประชุมประจำเดือน ส่งหนังสือเวียน ปิดประกาศที่สำนักงาน "
            "และเผยแพร่ต่อสาธารณชนทางเว็บไซต์กับสื่ออื่น ๆ ของหน่วยงาน โดยกำหนดให้ทุกส่วนราชการ"
            "เสนอกิจกรรมอย่างน้อยส่วนละ 1 กิจกรรม พร้อมผู้รับผิดชอบและกำหนดเวลาแล้วเสร็จ"
        ],
        ["สำนักปลัด"],
        "done",
        "ตรวจดูได้ที่เว็บไซต์ของหน่วยงาน",
    ),
    (
        "ปฏิบัติงานตามขั้นตอนและเวลาที่ประกาศไว้",
        [
            "จัดทำคู่มือขั้นตอนและระยะเวลาของงานแต่ละงาน",
            "ปลูกฝังจิตสำนึกการให้บริการแก่พนักงาน",
            "ให้บริการผู้มาติดต่อตามลำดับก่อนหลัง ไม่เลือกปฏิบัติ",
            "ตอบข้อซักถามให้ครบถ้วน ถูกต้อง ไม่ปิดบัง",
        ],
        ["สำนักปลัด", "กองคลัง", "กองช่าง", "กองสาธารณสุขและสิ่งแวดล้อม", "กองสวัสดิการสังคม"],
        "in_progress",
        "",
    ),
    (
        "เผยแพร่ข้อมูลข่าวสารที่ประชาชนควรรู้",
        [
            "เผยแพร่ผลงานและข้อมูลตามตัวชี้วัด O1 ถึง O43 ให้ค้นหาง่าย มีหลายช่องทาง "
            "และเปิดให้ผู้รับบริการแสดงความเห็น ชื่นชม หรือร้องเรียนการทุจริตได้"
        ],
        ["สำนักปลัด"],
        "done",
        "ตรวจดูได้ที่เว็บไซต์ของหน่วยงาน",
    ),
]


def measure(number: int, **changes: Any) -> Content:
    """Return one measure of the frozen content; the six texts repeat beyond number six."""
    title, steps, responsible, status, note = MEASURES[(number - 1) % len(MEASURES)]
    content = {
        "number": number,
        "title": title,
        "instrument": "",
        "indicator_number": None,
        "indicator": "",
        "items": [],
        "findings": [],
        "steps": [{"number": at, "text": text} for at, text in enumerate(steps, start=1)],
        "responsible": [{"kind": "division", "text": text} for text in responsible],
        "period": {"text": "", "start": None, "end": None},
        "monitoring": "รายงานความก้าวหน้าและสรุปผล ณ 31 มีนาคม 2564",
        "status": status,
        "status_note": note,
        "result": "",
        "outcome": "",
        "suggestion": "",
        "progress": [],
    }
    return content | changes


def finding(number: int, **changes: Any) -> Content:
    """Return one finding on the budget."""
    content = {
        "number": number,
        "severity": "improve",
        "severity_name": "ประเด็นที่ต้องพัฒนาให้ดีขึ้น",
        "instrument": "IIT",
        "indicator_number": 2,
        "indicator": "2. การใช้งบประมาณ",
        "items": ["I7"],
        "analysis": "บุคลากรบางส่วนไม่ทราบข้อมูลงบประมาณ",
        "references": "",
    }
    return content | changes


def entry(**changes: Any) -> Content:
    """Return what one division reported on a measure."""
    content = {
        "division": "สำนักปลัด",
        "status": "in_progress",
        "status_note": "",
        "result": "",
        "outcome": "",
        "suggestion": "",
        "evidence": [],
    }
    return content | changes


def evidence(kind: str, **changes: Any) -> Content:
    """Return one piece of evidence: a photo, a pdf of one page, a Word or Excel file, a link."""
    endings = {"photo": "jpg", "pdf": "pdf", "word": "docx", "sheet": "xlsx"}
    content = {
        "kind": kind,
        "caption": "หลักฐานสมมติ",
        "url": "https://example.go.th/ita" if kind == "link" else "",
        "file": f"evidence/{kind}.{endings[kind]}" if kind in endings else "",
        "sha256": "" if kind == "link" else "0" * 64,
        "width": 1600 if kind == "photo" else None,
        "height": 1200 if kind == "photo" else None,
        "pages": 1 if kind == "pdf" else None,
        "added_on": "2021-03-01",
    }
    return content | changes


def signer(order: int, **changes: Any) -> Content:
    """Return one step of the sign-off, not signed yet."""
    content = {
        "order": order,
        "role": "opinion",
        "post": "รองปลัดองค์การบริหารส่วนตำบล",
        "opinion_caption": "",
        "decision": None,
        "opinion": "",
        "reason": "",
        "rank": "",
        "signer_name": "",
        "position_lines": [],
        "signed_at": None,
    }
    return content | changes


def signoff() -> list[Content]:
    """Return the five signers: two have signed, three have not."""
    return [
        signer(
            1,
            role="preparer",
            post="ผู้ช่วยนักวิเคราะห์นโยบายและแผน",
            decision="signed",
            signer_name="นางสาวสมมติ ใจดี",
            position_lines=["ผู้ช่วยนักวิเคราะห์นโยบายและแผน"],
            signed_at="2021-03-30T10:00:00+07:00",
        ),
        signer(
            2,
            post="หัวหน้าสำนักปลัด",
            opinion_caption="ความเห็นหัวหน้าสำนักปลัด",
            decision="signed",
            opinion="เห็นควรเสนอผู้บริหารทราบ และให้เร่งมาตรการที่ 2 ให้เสร็จภายในเดือนมิถุนายน 2564",
            rank="จำเอก",
            signer_name="สมมติชาย ตั้งมั่น",
            position_lines=["หัวหน้าสำนักปลัด"],
            signed_at="2021-03-30T14:30:00+07:00",
        ),
        signer(
            3,
            opinion_caption="ความเห็นรองปลัดองค์การบริหารส่วนตำบล",
            signer_name="นางสมมติหญิง น้ำคำ",
            position_lines=["รองปลัดองค์การบริหารส่วนตำบล"],
        ),
        signer(
            4,
            post="ปลัดองค์การบริหารส่วนตำบล",
            opinion_caption="ความเห็นปลัดองค์การบริหารส่วนตำบล",
            signer_name="นางสมมติหญิง น้ำคำ",
            position_lines=[
                "รองปลัดองค์การบริหารส่วนตำบล รักษาราชการแทน",
                "ปลัดองค์การบริหารส่วนตำบลสมมตินา",
            ],
        ),
        signer(
            5,
            role="final",
            post="นายกองค์การบริหารส่วนตำบลสมมตินา",
            signer_name="นายสมมติศักดิ์ ฟ้าปั้น",
            position_lines=["นายกองค์การบริหารส่วนตำบลสมมตินา"],
        ),
    ]


def content(**changes: Any) -> Content:
    """Return the content of a six-month report of six measures; ``changes`` replace whole parts."""
    whole: Content = {
        "schema_version": 2,
        "kind": "progress_report",
        "layout": "memo_status",
        "organisation": {
            "slug": "sommut-na",
            "name": "องค์การบริหารส่วนตำบลสมมตินา",
            "short_name": "อบต.สมมตินา",
            "kind_name": "องค์การบริหารส่วนตำบล",
            "tambon": "สมมตินา",
            "amphoe": "สมมติเมือง",
            "changwat": "สมมติธานี",
            "phone": "042-000000",
            "website": "https://example.go.th",
            "emblem": None,
        },
        "fiscal_year": 2564,
        "round": {
            "months": 6,
            "name": "รอบ 6 เดือน",
            "starts_on": "2020-10-01",
            "ends_on": "2021-03-31",
        },
        "memo": {
            "office": "สำนักปลัด องค์การบริหารส่วนตำบลสมมตินา โทร. 042 - 000000",
            "number": "สม 76801/52",
            "date": "2021-03-30",
            "subject": "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
            "addressee": "นายกองค์การบริหารส่วนตำบลสมมตินา",
            "through": "",
        },
        "paragraphs": {
            "opening": [
                "ตามที่สำนักปลัดได้วิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสของหน่วยงานประจำปี "
                "พ.ศ. 2563 และเสนอมาตรการขับเคลื่อนให้ดีขึ้นไว้ในข้อ 6 ของบันทึกข้อความ เรื่อง "
                "การวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสขององค์การบริหารส่วนตำบลสมมตินา "
                "ลงวันที่ 30 มกราคม 2564 นั้น มาตรการดังกล่าวมีรายละเอียดดังนี้"
            ],
            "measures_title": "มาตรการขับเคลื่อนการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
            "assessment": [
                "ผลการประเมินคุณธรรมและความโปร่งใส (Integrity and Transparency Assessment : ITA) "
                "ประจำปีงบประมาณ พ.ศ. 2563 ขององค์การบริหารส่วนตำบลสมมตินา มีค่าคะแนนเท่ากับ 51.63 "
                "อยู่ในระดับ E สำนักปลัดจึงติดตามการทำงานตามมาตรการข้างต้นในช่วงที่เกิดโรค COVID-19 "
                "และขอรายงานผลในรอบ 6 เดือนเพื่อให้ค่าคะแนนของปีต่อไปสูงขึ้น ดังต่อไปนี้"
            ],
            "approach": [],
            "results_title": "ผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\n"
            "ขององค์การบริหารส่วนตำบลสมมตินา อำเภอสมมติเมือง จังหวัดสมมติธานี",
            "closing": ["จึงเรียนมาเพื่อโปรดทราบ"],
        },
        "assessment": {
            "fiscal_year": 2563,
            "total": "51.63",
            "level": "E",
            "level_note": "",
            "instruments": [],
            "items": [],
        },
        "findings": [],
        "measures": [measure(number) for number in range(1, 7)],
        "has_annex": True,
        "signoff": signoff(),
        "publication": None,
    }
    return copy.deepcopy(whole | changes)


def empty_content() -> Content:
    """Return content in which every list is empty and every optional value is missing."""
    whole = content(
        round=None, assessment=None, measures=[], signoff=[], publication=None, fiscal_year=2564
    )
    whole["memo"] = dict.fromkeys(whole["memo"], "") | {"date": None}
    whole["paragraphs"] = {
        "opening": [],
        "measures_title": "มาตรการ",
        "assessment": [],
        "results_title": "ผลการดำเนินการ",
        "closing": [],
    }
    return whole
