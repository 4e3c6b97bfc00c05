"""Plans in the shapes of the five sources, with the quirks of domain.md §7 worked in."""

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from ita_portal.thai.numerals import to_thai_digits
from measures.domain.importing.plan_drafts import DraftMeasure
from tests.factories.plan_files import Box, Plan, Row, Words
from tests.factories.plan_truths import INDICATORS, PlanTruth

Quirks = Collection[str]
TICK_HEADS = ("ยังไม่ดำเนินการ", "อยู่ระหว่างดำเนินการ", "ดำเนินการเสร็จเรียบร้อยแล้ว")
STATUS_WORDS = {
    "not_started": "ยังไม่ดำเนินการ",
    "in_progress": "อยู่ระหว่างดำเนินการ",
    "done": "ดำเนินการแล้วเสร็จ",
}


@dataclass
class Writer:
    """Writes the lists and cells of one file the same way throughout."""

    rng: random.Random
    quirks: Quirks
    warned: list[str] = field(default_factory=list)  # words of warnings that must come

    def has(self, quirk: str) -> bool:
        """Return whether the quirk is worked in."""
        return quirk in self.quirks

    def number(self, number: int, style: str = "dot") -> str:
        """Return a number of a list as printed."""
        digits = str(number) if self.has("arabic_digits") else to_thai_digits(number)
        return {"dot": f"{digits}.", "bare": digits, "paren": f"({digits})", "close": f"{digits})"}[
            style
        ]

    @property
    def style(self) -> str:
        """How lists are numbered in this file."""
        for quirk in ("bare", "paren", "close"):
            if self.has(f"{quirk}_numbers"):
                return quirk
        return "dot"

    def listed(self, texts: list[str], *, mark: str = "") -> list[Words]:
        """Return the parts of a list as paragraphs."""
        if not texts:
            return []
        if len(texts) == 1 and self.has("single_unnumbered"):
            return [Words(texts[0])]
        if self.has("unnumbered") or (mark == "" and self.has("unnumbered_steps")):
            return [Words(text) for text in texts]
        if mark == "-" or self.has("dashes"):
            gap = "" if self.has("tight_marks") else " "
            lines = [Words(f"-{gap}{text}") for text in texts]
        elif self.has("word_numbers"):
            return [Words(text, self.number(n)) for n, text in enumerate(texts, 1)]
        else:
            numbers = list(range(1, len(texts) + 1))
            if self.has("missing_number") and len(texts) > 2:
                numbers[2:] = [number + 1 for number in numbers[2:]]
            gap = "" if self.has("tight_marks") and self.style != "bare" else " "
            lines = [
                Words(f"{self.number(n, self.style)}{gap}{text}")
                for n, text in zip(numbers, texts, strict=True)
            ]
        if self.has("flattened"):
            return [Words(" ".join(line.text for line in lines))]
        return lines

    def titled(self, measure: DraftMeasure, style: str = "") -> list[Words]:
        """Return the measure's cell."""
        if self.has("unnumbered_measures"):
            measure.label = ""
            return [Words(measure.title)]
        number = measure.number
        if self.has("missing_number") and number > 2:
            number += 1
        style = style or self.style
        if self.has("mixed_marks") and measure.number % 2:
            style = "bare"
        measure.label = self.number(number, style)
        if self.has("word_numbers"):
            return [Words(measure.title, measure.label)]
        return [Words(f"{measure.label} {measure.title}")]

    def parties(self, measure: DraftMeasure) -> list[Words]:
        """Return the cell of the responsible."""
        names = list(measure.responsible)
        if self.has("unclosed_bracket") and (bracketed := [n for n in names if n.endswith(")")]):
            names = [n.rstrip(")") if n == bracketed[-1] else n for n in names]
            # Last, as what follows an open bracket on the same line may belong to it.
            names.sort(key=lambda name: "(" in name and ")" not in name)
            measure.responsible = list(names)
        if self.has("alias"):
            names = ["สำนักงานปลัด" if name == "สำนักปลัด" else name for name in names]
            measure.responsible = list(names)
        if self.has("repeated_party") and len(names) > 1:
            names.append(names[0])
        for quirk, sign in (
            ("slashes", "/"),
            ("loose_slashes", " / "),
            ("commas", ", "),
            ("spaces", " "),
            ("and", "และ"),
        ):
            if self.has(quirk):
                return [Words(sign.join(names))]
        if self.has("bulleted_parties"):
            return [Words(f"-{name}") for name in names]
        return [Words(name) for name in names]

    def heading(self, text: str) -> Box:
        """Return a cell of the head."""
        if self.has("spaced_heads"):
            text = text.replace("การ", "การ ", 1)
        if self.has("misspelt_heads"):
            text = text.replace("ผู้รับผิดชอบ", "ผู้รับผิชอบ")
        if self.has("bold_heads"):
            text = f"**{text}**"
        return Box.of(text)

    def ticks(self, measure: DraftMeasure) -> list[Box]:
        """Return the three cells of the status."""
        mark = (
            self.rng.choice(("/", "✓", "✔", "☑", "√", "x", "X", "●")) if self.has("marks") else "/"
        )
        empty = self.rng.choice(("", "-", " ")) if self.has("marks") else "-"
        note = ""
        if measure.status == "done" and self.has("tick_notes"):
            note = " (ตรวจสอบได้ที่หน้าเว็บไซต์สมมติ)"
            measure.status_note = "ตรวจสอบได้ที่หน้าเว็บไซต์สมมติ"
        return [
            Box.of(f"{mark}{note}" if state == measure.status else empty) for state in STATUS_WORDS
        ]


def _opening(truth: PlanTruth, writer: Writer) -> list[Words | list[Row]]:
    title = truth.title
    if writer.has("mixed_digits"):
        title = title.replace("๒๕๖๗", "๒๕๖7")
    truth.title = title
    return [
        Words(title),
        Words(f"ตามที่ {truth.organisation} ได้วิเคราะห์ผลการประเมิน ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ แล้ว นั้น"),
    ]


def _paged(head: list[Row], rows: list[Row], writer: Writer) -> list[Words | list[Row]]:
    """Return the rows as one table, or as pages cut them."""
    if writer.has("title_row") and head:
        width = len(head[0])
        title: Row = [Box.of("ตารางแนบท้ายที่สมมติขึ้น", across=width), *[None] * (width - 1)]
        head = [title, *head]
    whole = [i for i, row in enumerate(rows) if i and row[0] is not None]
    if not whole:
        return [[*head, *rows]]
    cut = writer.rng.choice(whole)
    if writer.has("rules"):
        rows = [
            *rows[:cut],
            [Box.of("-----") for _ in rows[0]],
            [Box() for _ in rows[0]],
            *rows[cut:],
        ]
        return [[*head, *rows]]
    if writer.has("repeated_head"):
        return [[*head, *rows[:cut], *head, *rows[cut:]]]
    if writer.has("split_tables"):
        return [[*head, *rows[:cut]], Words(""), [*head, *rows[cut:]]]
    if writer.has("headless_page"):
        return [[*head, *rows[:cut]], Words(""), rows[cut:]]
    return [[*head, *rows]]


def _cut_sentence(row: Row, column: int, writer: Writer) -> list[Row]:
    """Return a row cut by a page within the last sentence of a cell: the rest has no number."""
    box = row[column]
    if box is None or not box.lines:
        return [row]
    last = box.lines[-1]
    # Within a word, and not before a mark.
    places = [
        place
        for place in range(len(last.text) // 3, len(last.text) - 6)
        if all("ก" <= letter <= "ฮ" for letter in last.text[place - 2 : place + 2])
    ]
    if not places:
        return [row]
    place = writer.rng.choice(places)
    above = Box([*box.lines[:-1], Words(last.text[:place], last.label)])
    rest: Row = [Box() for _ in row]
    rest[column] = Box.of(last.text[place:])
    return [[*row[:column], above, *row[column + 1 :]], rest]


def memo_photos(truth: PlanTruth, writer: Writer) -> Plan:
    """S0: a memo, a plan of four columns, and a table of results of three."""
    heads = ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส", "ขั้นตอนหรือวิธีการ", "ผู้รับผิดชอบ", "การกำกับติดตาม")
    rows: list[Row] = []
    measures = truth.measures
    place = 0
    while place < len(measures):
        measure = measures[place]
        row: Row = [
            Box(writer.titled(measure)),
            Box(writer.listed(measure.steps)),
            Box(writer.parties(measure)),
            Box.of(measure.monitoring),
        ]
        if writer.has("fused") and place == 1 and len(measures) > 3:
            other = measures[place + 1]
            other.responsible, other.monitoring = list(measure.responsible), measure.monitoring
            if len(row[2].lines) == len(measure.responsible) == 2:  # type: ignore[union-attr]
                measure.responsible, other.responsible = (
                    measure.responsible[:1],
                    measure.responsible[1:],
                )
            row[0].lines += writer.titled(other)  # type: ignore[union-attr]
            row[1].lines += writer.listed(other.steps)  # type: ignore[union-attr]
            place += 1
        place += 1
        rows.append(row)
    head: list[Row] = [[writer.heading(text) for text in heads]]
    plan = Plan(_opening(truth, writer))
    if writer.has("head_inside"):
        first = rows[0]
        inside: Row = [
            Box([*heading.lines, *cell.lines])  # type: ignore[union-attr]
            for heading, cell in zip(head[0], first, strict=True)
        ]
        plan.blocks.append([inside, *rows[1:]])
    else:
        plan.blocks += _paged(head, rows, writer)
    results: list[Row] = [
        [
            writer.heading(text)
            for text in (heads[0], "ผลการดำเนินการตามมาตรการ", "ความสำเร็จของการดำเนินการ")
        ]
    ]
    for measure in measures:
        title = writer.titled(measure)
        if writer.has("lost_number") and measure.number == 2:
            title = [Words(measure.title)]
        if writer.has("other_titles"):
            title = [Words(f"{line.text} ของหน่วยงาน", line.label) for line in title]
        results.append(
            [Box(title), Box(writer.listed(measure.results)), Box(writer.listed(measure.outcomes))]
        )
    plan.blocks += [Words(""), results, Words("จึงเรียนมาเพื่อโปรดทราบ"), Words("(ลงชื่อ)")]
    for measure in measures:
        measure.period.text, measure.period.start, measure.period.end = "", None, None
        measure.status, measure.suggestions = "", []
    return plan


def indicator_table(truth: PlanTruth, writer: Writer) -> Plan:
    """S1: six columns, the measures are the indicators, rows of steps under merged cells."""
    heads = (
        "มาตรการ/ แนวทาง",
        "วิธีการดำเนินการ",
        "ผู้รับผิดชอบ",
        "ระยะเวลา ดำเนินการ",
        "ผลการดำเนินการ",
        "ข้อเสนอแนะ",
    )
    rows: list[Row] = []
    for measure in truth.measures:
        measure.title = INDICATORS[measure.number - 1]
        measure.indicator = measure.title
        measure.responsible = measure.responsible[: len(measure.steps)]
        measure.suggestions = measure.suggestions[:1]
        measure.status, measure.outcomes, measure.monitoring = "", [], ""
        title = writer.titled(measure)
        steps = writer.listed(measure.steps)
        results = writer.listed(measure.results, mark="-")
        is_split = len(steps) == len(results) == len(measure.steps) and not writer.has("one_cell")
        if not is_split:
            rows.append(
                [
                    Box(title),
                    Box(steps),
                    Box(writer.parties(measure)),
                    Box.of(measure.period.text),
                    Box(results),
                    Box.of(*measure.suggestions),
                ]
            )
            if writer.has("cut_sentence") and measure.number == 2:
                rows[-1:] = _cut_sentence(rows[-1], 1, writer)
            continue
        is_merged = not writer.has("empty_first_cells")
        written = [line.text for line in writer.parties(measure)]
        apart = written if written == measure.responsible else []
        for place, (step, result) in enumerate(zip(steps, results, strict=True)):
            first = Box(title, down=len(steps) if is_merged else 1) if place == 0 else None
            if first is None and not is_merged:
                first = Box()
            party = Box.of(apart[min(place, len(apart) - 1)]) if apart else Box.of(*written)
            row: Row = [
                first,
                Box([step]),
                party,
                Box.of(measure.period.text),
                Box([result]),
                Box.of(*measure.suggestions) if place == 0 else Box(),
            ]
            is_last = place == len(steps) - 1
            if writer.has("cut_sentence") and measure.number == 2 and is_last and not is_merged:
                rows += _cut_sentence(row, 1, writer)
            else:
                rows.append(row)
    plan = Plan(_opening(truth, writer))
    plan.blocks += _paged([[writer.heading(text) for text in heads]], rows, writer)
    plan.blocks += [Words("..... ผู้รับรองข้อมูล"), Words("หมายเหตุ : เอกสารหลักฐานเก็บไว้ที่สำนักปลัด")]
    return plan


def item_narrative(truth: PlanTruth, writer: Writer) -> Plan:
    """S2: prose by item."""
    plan = Plan(_opening(truth, writer))
    add = plan.blocks.append
    add(
        Words("ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (Internal Integrity & Transparency Assessment : IIT)")
    )
    for measure in truth.measures:
        code = f"I{measure.number + 6}"
        score = f"{70 + measure.number}.{measure.number}5"
        truth.scores[code] = score
        measure.indicator = INDICATORS[measure.number - 1]
        measure.items = [code]
        add(Words(f"ตัวชี้วัดที่ {measure.number} {measure.indicator}"))
        add(Words("ข้อบกพร่อง"))
        gap = "" if writer.has("tight_items") else " "
        asked = f"ข้อ{gap}{code} คำถามที่สมมติขึ้นข้อหนึ่ง มากน้อยเพียงใด"
        stated = f"ผลการประเมินที่ได้รับ เท่ากับ {score} คะแนน"
        if writer.has("thai_scores"):
            stated = to_thai_digits(stated)
        if writer.has("broken_items"):
            plan.blocks += [
                Words(f"{asked} ผลการประเมิน"),
                Words(stated.removeprefix("ผลการประเมิน")),
            ]
        else:
            add(Words(f"{asked} {stated}"))
        measure.finding = "แสดงให้เห็นว่าบุคลากรบางรายยังไม่ทราบข้อมูล จึงควรประชาสัมพันธ์เพิ่ม (อ้างอิงจาก o11)"
        add(Words(measure.finding))
        add(Words(f"มาตรการ{'' if writer.has('tight_marks') else ' '}: {measure.title}"))
        add(Words("ขั้นตอนหรือวิธีการ"))
        plan.blocks += writer.listed(measure.steps)
        add(Words("ผู้รับผิดชอบ"))
        plan.blocks += writer.parties(measure)
        add(Words("ผลการดำเนินการตามมาตรการที่กำหนด"))
        plan.blocks += writer.listed(measure.results)
        measure.label = ""
        measure.period.text, measure.period.start, measure.period.end = "", None, None
        measure.status, measure.monitoring = "", ""
        measure.outcomes, measure.suggestions = [], []
    if writer.has("annex"):
        plan.blocks += [
            Words("เอกสารประกอบการดำเนินการ"),
            Words(f"ผลการดำเนินการตาม มาตรการ : {truth.measures[0].title} คือ"),
            Words("[image: image1.png]m® SOMMUTTI x"),
        ]
    return plan


def cover_table(truth: PlanTruth, writer: Writer) -> Plan:
    """S3: a cover, six columns, one measure a page with the head repeated."""
    heads = (
        "มาตรการ/แนวทาง",
        "ขั้นตอน/วิธีปฏิบัติ",
        "หน่วยงานผู้รับผิดชอบ",
        "ระยะเวลาดำเนินการ",
        "สรุปผลดำเนินการ",
        "ผลลัพธ์/ความสำเร็จ",
    )
    plan = Plan(_opening(truth, writer))
    rows: list[Row] = []
    for measure in truth.measures:
        measure.status, measure.monitoring, measure.suggestions = "", "", []
        title = writer.titled(measure)
        if writer.has("list_in_measure") and measure.number == 2:
            inner = [f"๑. {measure.title}ส่วนต้น", f"๒. {measure.title}ส่วนปลาย"]
            title += [Words(text) for text in inner]
            measure.title = "\n".join([measure.title, *inner])
        row: Row = [
            Box(title),
            Box(writer.listed(measure.steps)),
            Box(writer.parties(measure)),
            Box.of(measure.period.text),
            Box(writer.listed(measure.results)),
            Box(writer.listed(measure.outcomes)),
        ]
        if writer.has("cut_sentence") and measure.number == 2:
            rows += _cut_sentence(row, 4, writer)
        else:
            rows.append(row)
    head: list[Row] = [[writer.heading(text) for text in heads]]
    if writer.has("one_a_page"):
        for row in rows:
            is_rest = not row[0].lines  # type: ignore[union-attr]
            plan.blocks += [Words(""), [row] if is_rest else [*head, row]]
    else:
        plan.blocks += _paged(head, rows, writer)
    return plan


def memo_status(truth: PlanTruth, writer: Writer) -> Plan:
    """S4: a plan of four columns, and a table of states with three columns under one head."""
    heads = ("มาตรการ", "ขั้นตอนหรือวิธีการ", "ผู้รับผิดชอบ", "การกำกับติดตาม")
    plan = Plan(_opening(truth, writer))
    rows: list[Row] = [
        [
            Box(writer.titled(measure, "" if writer.style != "dot" else "paren")),
            Box(writer.listed(measure.steps, mark="-")),
            Box(writer.parties(measure)),
            Box.of(measure.monitoring),
        ]
        for measure in truth.measures
    ]
    plan.blocks += _paged([[writer.heading(text) for text in heads]], rows, writer)
    plan.blocks += [Words("/ผลการ..."), Words("ผลการดำเนินการตามที่รายงานข้างต้น")]
    states = "สถานะการณ์ดำเนินการ" if writer.has("misspelt_heads") else "สถานะการดำเนินการ"
    if writer.has("status_words"):
        head: list[Row] = [[writer.heading(text) for text in (*heads[:2], states)]]
    else:
        head = [
            [
                Box.of(heads[0], down=2),
                Box.of(heads[1], down=2),
                Box.of(states, across=3),
                None,
                None,
            ],
            [None, None, *(Box.of(text) for text in TICK_HEADS)],
        ]
    status_rows: list[Row] = []
    for measure in truth.measures:
        title = f"{measure.title} ให้ดีขึ้น" if writer.has("other_titles") else measure.title
        state = (
            [Box.of(STATUS_WORDS[measure.status])]
            if writer.has("status_words")
            else writer.ticks(measure)
        )
        status_rows.append([Box.of(title), Box(writer.listed(measure.steps, mark="-")), *state])
    plan.blocks += _paged(head, status_rows, writer)
    plan.blocks += [Words("จึงเรียนมาเพื่อโปรดทราบ"), Words("(ลงชื่อ)"), Words("(นายสมมติ นามสมมติ)")]
    for measure in truth.measures:
        measure.period.text, measure.period.start, measure.period.end = "", None, None
        measure.results, measure.outcomes, measure.suggestions = [], [], []
    return plan


SHAPES: dict[str, Callable[[PlanTruth, Writer], Plan]] = {
    "memo_photos": memo_photos,
    "indicator_table": indicator_table,
    "item_narrative": item_narrative,
    "cover_table": cover_table,
    "memo_status": memo_status,
}
_EVERYWHERE = (
    "arabic_digits",
    "bare_numbers",
    "paren_numbers",
    "close_numbers",
    "word_numbers",
    "tight_marks",
    "missing_number",
    "dashes",
    "single_unnumbered",
    "unnumbered",
    "unclosed_bracket",
    "alias",
    "repeated_party",
    "slashes",
    "loose_slashes",
    "commas",
    "spaces",
    "and",
    "bulleted_parties",
    "mixed_digits",
)
_TABLES = (
    "flattened",
    "unnumbered_measures",
    "mixed_marks",
    "spaced_heads",
    "misspelt_heads",
    "bold_heads",
    "title_row",
    "rules",
    "repeated_head",
    "split_tables",
    "headless_page",
)
QUIRKS: dict[str, tuple[str, ...]] = {
    "memo_photos": (*_EVERYWHERE, *_TABLES, "fused", "head_inside", "lost_number", "other_titles"),
    "indicator_table": (*_EVERYWHERE, *_TABLES, "one_cell", "empty_first_cells", "cut_sentence"),
    "item_narrative": (*_EVERYWHERE, "tight_items", "broken_items", "thai_scores", "annex"),
    "cover_table": (*_EVERYWHERE, *_TABLES, "list_in_measure", "one_a_page", "cut_sentence"),
    "memo_status": (*_EVERYWHERE, *_TABLES, "status_words", "marks", "tick_notes", "other_titles"),
}
# Quirks that say different things of the same place, or that leave nothing to tell parts by.
_EXCLUSIVE = (
    {"bare_numbers", "paren_numbers", "close_numbers", "word_numbers", "dashes", "unnumbered"},
    {"slashes", "loose_slashes", "commas", "spaces", "and", "bulleted_parties"},
    {"rules", "repeated_head", "split_tables", "headless_page", "one_a_page", "head_inside"},
    {"unnumbered", "flattened", "word_numbers"},
    {"unnumbered", "cut_sentence", "fused"},
    {"dashes", "fused", "cut_sentence"},
    {"unnumbered_measures", "fused", "missing_number"},
    {"unnumbered_measures", "cut_sentence"},
    {"unnumbered_measures", "list_in_measure"},
    {"single_unnumbered", "fused", "cut_sentence"},
    {"fused", "missing_number"},
    {"fused", "flattened"},
    {"fused", "rules", "repeated_head", "split_tables", "headless_page", "head_inside"},
    {"wrong_year", "two_periods", "unreadable_period"},
    {"status_words", "marks"},
    {"status_words", "tick_notes"},
    {"title_row", "head_inside"},
    {"unclosed_bracket", "slashes", "loose_slashes", "commas", "spaces", "and"},
    {"list_in_measure", "bare_numbers", "paren_numbers", "close_numbers", "word_numbers"},
)


def compatible(quirks: Collection[str]) -> frozenset[str]:
    """Return the quirks of which none says another is not there; the first of them stay."""
    kept: list[str] = []
    for quirk in quirks:
        if not any(quirk in group and group & set(kept) for group in _EXCLUSIVE):
            kept.append(quirk)
    return frozenset(kept)
