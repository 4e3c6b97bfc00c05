"""What a document says on paper, put together from its content alone and layout by layout.

Written apart from the sections and templates, so that a text lost, doubled or moved there shows.
Table heads are left out on both sides: they come again on each page of their table.
"""

from collections.abc import Callable, Iterator

from ita_portal.thai.dates import memo_date
from ita_portal.thai.numerals import to_thai_digits
from reports.sections import date_of
from tests.reports.rendering.printed import compact, without_heads

Content = dict

INSTRUMENTS = {
    "IIT": "ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน(Internal Integrity and Transparency Assessment : IIT)",
    "EIT": "ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก(External Integrity and Transparency Assessment : EIT)",
    "OIT": "ด้านการเปิดเผยข้อมูลสาธารณะ(Open Data Integrity and Transparency Assessment : OIT)",
}


def expected_text(content: Content, layout: str) -> str:
    """The compact text of the whole document."""
    texts = REPORTS[layout] if content["kind"] == "progress_report" else PLANS[layout]
    # Part by part: an address without a space behind it would swallow the digits that follow.
    return "".join(compact(to_thai_digits(part)) for make in texts for part in make(content))


def without_repetitions(text: str, content: Content) -> str:
    """A compact text without what continues over a page: table heads and labels with (ต่อ)."""
    text = without_heads(text)
    for one in content["measures"]:
        number = one["number"]
        for label in (f"{number}. {one['title']}", f"({number})", f"{number}."):
            text = text.replace(compact(to_thai_digits(f"{label}(ต่อ)")), "")
    return text.replace("(ต่อ)", "")


def day(text: str | None) -> str:
    return memo_date(date_of(text)) if text else ""


def memo_head(content: Content) -> Iterator[str]:
    memo = content["memo"]
    yield f"บันทึกข้อความส่วนราชการ{memo['office']}ที่{memo['number']}วันที่{day(memo['date'])}"
    yield f"เรื่อง{memo['subject']}เรียน{memo['addressee']}"
    if memo["through"]:
        yield f"ผ่าน{memo['through'].removeprefix('ผ่าน')}"


def title(content: Content) -> Iterator[str]:
    organisation = content["organisation"]
    yield content["memo"]["subject"]
    yield f"{organisation['name']}อำเภอ{organisation['amphoe']}จังหวัด{organisation['changwat']}"


def cover(content: Content) -> Iterator[str]:
    organisation = content["organisation"]
    yield content["memo"]["subject"]
    if str(content["fiscal_year"]) not in content["memo"]["subject"]:
        yield f"ปีงบประมาณ พ.ศ. {content['fiscal_year']}{(content['round'] or {}).get('name', '')}"
    yield f"{organisation['name']}อำเภอ{organisation['amphoe']}จังหวัด{organisation['changwat']}"


def paragraphs(name: str, heading: str = "") -> Callable[[Content], Iterator[str]]:
    def make(content: Content) -> Iterator[str]:
        texts = content["paragraphs"][name]
        if texts:
            yield heading
            yield from texts

    return make


def analysis(content: Content) -> Iterator[str]:
    has_scores = any(one["score"] for one in (content["assessment"] or {}).get("instruments", []))
    if not (content["paragraphs"]["assessment"] or has_scores or content["findings"]):
        return
    yield f"การวิเคราะห์ผลการประเมินประจำปีงบประมาณ พ.ศ. {content['fiscal_year'] - 1}"
    yield from content["paragraphs"]["assessment"]
    for one in (content["assessment"] or {}).get("instruments", []):
        if one["score"] is not None:
            yield f"{INSTRUMENTS[one['code']]}{one['score']}"
    for severity, heading in (
        ("fix_at_once", "ประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่จะต้องแก้ไขโดยเร่งด่วน"),
        ("improve", "ประเด็นที่จะต้องพัฒนาให้ดีขึ้น"),
    ):
        findings = [one for one in content["findings"] if one["severity"] == severity]
        if findings:
            yield heading
        for number, one in enumerate(findings, start=1):
            yield f"{number}.ตัวชี้วัดที่{one['indicator'].replace('.', '', 1)}"
            items = f"(ข้อ{', '.join(one['items'])})" if one["items"] else ""
            yield f"{items}{one['analysis']}"
            yield f"(อ้างอิงจาก{one['references']})" if one["references"] else ""


def dashed(texts: list[str]) -> str:
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return "".join(lines)
    return "".join(line if line.startswith("-") else f"- {line}" for line in lines)


def steps(measure: Content) -> list[str]:
    return [step["text"] for step in measure["steps"]]


def numbered(texts: list[str]) -> str:
    if len(texts) < 2:
        return "".join(texts) or "-"
    return "".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))


def parties(measure: Content) -> str:
    return "".join(party["text"] for party in measure["responsible"]) or "-"


def plan_table(content: Content) -> Iterator[str]:
    yield content["paragraphs"]["measures_title"]
    for one in content["measures"]:
        yield f"({one['number']}){one['title']}{dashed(steps(one)) or '-'}{parties(one)}"
        yield one["monitoring"] or "-"


def status_table(content: Content) -> Iterator[str]:
    yield content["paragraphs"]["results_title"]
    for one in content["measures"]:
        note = f"({one['status_note']})" if one["status_note"] else ""
        yield f"{one['title']}{dashed(steps(one)) or '-'}"
        for status in ("not_started", "in_progress", "done"):
            yield f"/{note}" if one["status"] == status else "-"


def photo_table(content: Content) -> Iterator[str]:
    yield content["paragraphs"]["results_title"]
    photographs = list(evidence(content, "photo", "ก"))
    for one in content["measures"]:
        yield f"({one['number']}){one['title']}{dashed([one['result']]) or '-'}"
        for code, piece, measure, _entry in photographs:
            if measure is one:
                yield f"{code}{piece['caption']}"
        yield dashed([one["outcome"]]) or "-"


def indicator_table(content: Content) -> Iterator[str]:
    heading = ""
    for one in content["measures"]:
        name = one["indicator"].partition(". ")[2]
        is_said = not name or name in one["title"] or one["title"] == "การใช้ทรัพย์สินของทางราชการ"
        over = "" if is_said else one["indicator"].replace(".", "", 1)
        if over and over != heading:
            yield f"ตัวชี้วัดที่{over}"
        heading = over
        first, *others = (
            [numbered(steps(one))]
            if len(steps(one)) < 2
            else [f"{number}. {text}" for number, text in enumerate(steps(one), start=1)]
        )
        yield f"{one['number']}. {one['title']}{first}{parties(one)}{one['period']['text'] or '-'}"
        if content["kind"] == "plan":
            yield one["monitoring"] or "-"
        else:
            yield dashed([one["result"]]) or "-"
            yield dashed([one["suggestion"]]) or "-"
        yield from others


def outcome_table(content: Content) -> Iterator[str]:
    for one in content["measures"]:
        yield f"{one['number']}. {one['title']}{numbered(steps(one))}{parties(one)}"
        yield one["period"]["text"] or "-"
        if content["kind"] == "plan":
            yield one["monitoring"] or "-"
        else:
            yield dashed([one["result"]]) or "-"
            yield dashed([one["outcome"]]) or "-"


def narrative(content: Content) -> Iterator[str]:
    asked = {one["code"]: one for one in (content["assessment"] or {}).get("items", [])}
    order = list(INSTRUMENTS)
    told: list[int] = []
    instrument = indicator = ""
    findings = sorted(
        content["findings"],
        key=lambda one: (order.index(one["instrument"]), one["indicator_number"], one["number"]),
    )
    for finding in findings:
        if finding["instrument"] != instrument:
            yield INSTRUMENTS[finding["instrument"]]
        if finding["indicator"] != indicator:
            yield f"ตัวชี้วัดที่{finding['indicator'].replace('.', '', 1)}"
        instrument, indicator = finding["instrument"], finding["indicator"]
        yield finding["severity_name"]
        for code in finding["items"]:
            item = asked.get(code)
            yield f"ข้อ{code}"
            if item:
                yield f"{item['text']}ผลการประเมินที่ได้รับเท่ากับ{item['score']}คะแนน"
        yield finding["analysis"]
        yield f"(อ้างอิงจาก{finding['references']})" if finding["references"] else ""
        for one in content["measures"]:
            if finding["number"] in one["findings"]:
                yield from told_measure(one, content, is_told=one["number"] in told)
                told.append(one["number"])
    others = [one for one in content["measures"] if not one["findings"]]
    for one in others:
        if content["findings"] and one is others[0] and len(others) < len(content["measures"]):
            yield "มาตรการอื่น"
        elif len(others) == len(content["measures"]) and one["indicator"] != indicator:
            yield f"ตัวชี้วัดที่{one['indicator'].replace('.', '', 1)}" if one["indicator"] else ""
            indicator = one["indicator"]
        yield from told_measure(one, content, is_told=False)


def told_measure(one: Content, content: Content, *, is_told: bool) -> Iterator[str]:
    yield f"มาตรการ:{one['title']}"
    if is_told:
        yield f"ดำเนินการตามมาตรการที่{one['number']}ข้างต้น"
        return
    is_plan = content["kind"] == "plan"
    for heading, text in (
        ("ขั้นตอนหรือวิธีการ", dashed(steps(one))),
        ("ผู้รับผิดชอบ", dashed([party["text"] for party in one["responsible"]])),
        ("ระยะเวลาดำเนินการ", one["period"]["text"]),
        ("การกำกับติดตาม", one["monitoring"] if is_plan else ""),
        ("ผลการดำเนินการตามมาตรการที่กำหนด", "" if is_plan else dashed([one["result"]])),
        ("ผลลัพธ์/ความสำเร็จ", "" if is_plan else dashed([one["outcome"]])),
        ("ข้อเสนอแนะ", "" if is_plan else dashed([one["suggestion"]])),
    ):
        if text:
            yield f"{heading}{text}"


def signoff(content: Content) -> Iterator[str]:
    for block in content["signoff"]:
        yield f"{block['opinion_caption']}{block['opinion']}"
        if block["role"] == "final":
            tick = "/" if block["decision"] == "approved" else ""
            yield f"{tick}อนุมัติไม่อนุมัติเนื่องจาก{block['reason']}"
        yield signature(block)


def signature(block: Content, capacity: str = "") -> str:
    signed = block["signer_name"] if block["decision"] else ""
    lines = [f"(ลงชื่อ){block['rank']}{signed}{capacity}({block['signer_name']})"]
    lines += block["position_lines"]
    if block["signed_at"]:
        lines.append(f"วันที่{day(block['signed_at'])}")
    return "".join(lines)


def certifier(content: Content) -> Iterator[str]:
    if content["signoff"]:
        yield signature(content["signoff"][-1], "ผู้รับรองข้อมูล")


def note(content: Content) -> Iterator[str]:
    has_annex = content["has_annex"] and any(
        entry["evidence"] for one in content["measures"] for entry in one["progress"]
    )
    place = "อยู่ในภาคผนวกท้ายเอกสารนี้" if has_annex else f"เก็บไว้ที่{content['memo']['office']}"
    yield f"หมายเหตุ:หลักฐานผลการดำเนินการ เช่น ภาพถ่าย ประกาศ คำสั่ง และหนังสือ{place}"


def evidence(content: Content, kind: str, letter: str) -> Iterator[tuple]:
    found = [
        (piece, one, entry)
        for one in content["measures"]
        for entry in one["progress"]
        for piece in entry["evidence"]
        if piece["kind"] == kind
    ]
    for number, (piece, one, entry) in enumerate(found, start=1):
        yield f"{letter}-{number}", piece, one, entry


def annex(letters: str) -> Callable[[Content], Iterator[str]]:
    def make(content: Content) -> Iterator[str]:
        if not content["has_annex"]:
            return
        for letter, kind, name in (
            ("ก", "photo", "ภาพถ่าย"),
            ("ข", "pdf", "เอกสาร"),
            ("ค", "link", "ลิงก์"),
        ):
            pieces = list(evidence(content, kind, letter)) if letter in letters else []
            if pieces:
                yield f"ภาคผนวก{letter}{name}"
            for code, piece, one, entry in pieces:
                whose = f"มาตรการที่{one['number']}{entry['division']}"
                added = f"วันที่{day(piece['added_on'])}"
                if kind == "pdf":
                    for page in range(1, piece["pages"] + 1):
                        head = f"{code}{piece['caption']}{whose}{added}"
                        yield f"{head}หน้า{page}จาก{piece['pages']}"
                elif kind == "link":
                    yield f"{code}{piece['caption']}"
                    yield piece["url"]
                    yield f"{whose}{added}"
                else:
                    yield f"{code}{piece['caption']}{whose}{added}"

    return make


OPENING, CLOSING = paragraphs("opening"), paragraphs("closing")
ASSESSMENT = paragraphs("assessment")
APPROACH = paragraphs("approach", "แนวทางการนำผลการวิเคราะห์ไปสู่การปฏิบัติ")

REPORTS = {
    "memo_status": (
        memo_head,
        OPENING,
        plan_table,
        ASSESSMENT,
        status_table,
        CLOSING,
        signoff,
        annex("กขค"),
    ),
    "memo_photos": (
        memo_head,
        OPENING,
        CLOSING,
        signoff,
        plan_table,
        photo_table,
        annex("ขค"),
    ),
    "indicator_table": (title, OPENING, indicator_table, certifier, note, annex("กขค")),
    "item_narrative": (title, OPENING, narrative, certifier, annex("กขค")),
    "cover_table": (cover, outcome_table, certifier, annex("กขค")),
}
PLANS = {
    "memo_status": (memo_head, OPENING, analysis, plan_table, APPROACH, CLOSING, signoff),
    "memo_photos": (memo_head, OPENING, CLOSING, signoff, analysis, plan_table, APPROACH),
    "indicator_table": (title, OPENING, analysis, indicator_table, APPROACH, certifier),
    "item_narrative": (title, OPENING, ASSESSMENT, narrative, APPROACH, certifier),
    "cover_table": (cover, OPENING, analysis, APPROACH, outcome_table, certifier),
}
