"""Random plans of an invented office: what a file says, before anybody writes the file."""

import random
from dataclasses import dataclass, field

from measures.domain.importing.office_words import DivisionWords, OfficeWords
from measures.domain.importing.plan_drafts import DraftMeasure, DraftPeriod

OFFICE = OfficeWords(
    name="องค์การบริหารส่วนตำบลสมมติวารี",
    short_name="อบต.สมมติวารี",
    fiscal_year=2567,
    divisions=(
        DivisionWords("สำนักปลัด", ("สำนักงานปลัด",)),
        DivisionWords("กองคลัง"),
        DivisionWords("กองช่าง"),
        DivisionWords("กองการศึกษา ศาสนาและวัฒนธรรม", ("กองการศึกษา",)),
        DivisionWords("กองสาธารณสุขและสิ่งแวดล้อม", ("กองสาธารณสุข",)),
        DivisionWords("กองสวัสดิการสังคม"),
        DivisionWords("หน่วยตรวจสอบภายใน"),
        DivisionWords("งานพัสดุ", parent="กองคลัง"),
        DivisionWords("งานนิติการ", parent="สำนักปลัด"),
    ),
)
INDICATORS = (
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
)
# Invented sentences in three parts. Numbers in them must not be taken for those of a list.
_VERBS = (
    "จัดทำ",
    "เผยแพร่",
    "ประชุมชี้แจง",
    "ทบทวน",
    "สำรวจ",
    "ปรับปรุง",
    "ติดตาม",
    "ประชาสัมพันธ์",
    "กำหนด",
    "รายงาน",
)
_THINGS = (
    "แผนการใช้จ่ายเงินของโครงการสมมติ",
    "คู่มือการยืมพัสดุฉบับสมมติ",
    "ขั้นตอนการรับคำร้องแบบย่อ",
    "ความพึงพอใจของผู้มาติดต่อ",
    "ช่องทางแจ้งเบาะแส",
    "เจตนารมณ์ไม่รับของขวัญ",
    "ทะเบียนครุภัณฑ์ของหน่วยงาน",
    "หลักเกณฑ์การประเมินเจ้าหน้าที่",
    "แบบฟอร์มขอรับบริการ",
    "ผังแสดงเวลาให้บริการ",
)
_ENDS = (
    "ให้บุคลากรทราบทั่วกัน",
    "บนเว็บไซต์ https://example.go.th/plan",
    "อย่างน้อยปีละ ๒ ครั้ง",
    "ตามข้อ ๓ ของประกาศ พ.ศ. ๒๕๖๗",
    "ภายในวันที่ ๑๕ มกราคม ๒๕๖๗",
    "ร้อยละ ๘๐ ของผู้รับบริการ",
    "ไม่เกิน 1.5 ชั่วโมงต่อราย",
    "(ถาม - ตอบ) ในหน้าแรก",
    "ผ่านระบบ E-Service และ Line",
    "ในการประชุมประจำเดือน",
    "ระหว่างเดือน ต.ค. - ธ.ค. ของทุกปี",
    "ณ จุดบริการ ๓ แห่ง",
)
_SEEN = ("มีการ", "ได้", "ดำเนินการ")
_GAINS = (
    "ประชาชนได้รับความสะดวกยิ่งขึ้น",
    "บุคลากรเข้าใจขั้นตอนตรงกัน",
    "ข้อร้องเรียนลดลงจากเดิม",
    "การยืมพัสดุตรวจสอบย้อนหลังได้",
    "ผู้มาติดต่อทราบเวลาที่แน่นอน",
)
_ADVICE = ("ควรเพิ่มช่องทางสำหรับผู้สูงอายุ", "ควรประเมินซ้ำในไตรมาสถัดไป", "ควรปรับแบบฟอร์มให้สั้นลง")
_MONITORING = (
    "รายงานความก้าวหน้าให้ผู้บริหารทราบรอบ ๖ เดือนและประจำปี",
    "รายงานผลในที่ประชุมหัวหน้าส่วนราชการทุกไตรมาส",
)
_PARTIES = (
    "สำนักปลัด",
    "กองคลัง",
    "กองช่าง",
    "กองการศึกษา ศาสนาและวัฒนธรรม",
    "กองสาธารณสุขและสิ่งแวดล้อม",
    "กองสวัสดิการสังคม",
    "หน่วยตรวจสอบภายใน",
    "สำนักปลัด (งานนิติการ)",
    "กองคลัง (งานพัสดุ)",
)
_COMMON_PARTIES = (
    "ทุกส่วนราชการ",
    "คณะกรรมการจริยธรรมสมมติ",
    "ทุกสำนัก/กอง",
    "ข้าราชการ พนักงานจ้าง ทุกส่วนราชการ",
)
_PERIODS = (
    ("ม.ค.- ก.ย. ๖๗", "2024-01-01", "2024-09-30"),
    ("ตุลาคม ๒๕๖๖ - เมษายน ๒๕๖๗", "2023-10-01", "2024-04-30"),
    ("๑ มกราคม – มิถุนายน ๒๕๖๗", "2024-01-01", "2024-06-30"),
    ("๑ ตุลาคม ๒๕๖๖ – ๓๐ กันยายน ๒๕๖๗", "2023-10-01", "2024-09-30"),
    ("ปีงบประมาณ พ.ศ. 2567", "2023-10-01", "2024-09-30"),
    ("ไตรมาสที่ ๑-๒", "2023-10-01", "2024-03-31"),
    ("รอบ ๖ เดือน", "2023-10-01", "2024-03-31"),
)
GROUPS = ("ต้นน้ำ", "กลางน้ำ", "ปลายน้ำ", "ริมคลอง", "เชิงเขา", "ตลาดเก่า", "ท่าเรือ", "ทุ่งนา")
STATUSES = ("not_started", "in_progress", "done")


@dataclass
class PlanTruth:
    """What a file says. ``measures`` are as they should be read."""

    measures: list[DraftMeasure]
    title: str
    organisation: str = OFFICE.name
    fiscal_year: int = OFFICE.fiscal_year
    round: int | None = 6
    scores: dict[str, str] = field(default_factory=dict)


def make_truth(
    rng: random.Random, *, measures: int | None = None, most_steps: int = 4
) -> PlanTruth:
    """Return a plan with all fields; the shapes take what they show of it."""
    count = measures or rng.randint(3, 6)
    months = rng.choice((6, 12))
    return PlanTruth(
        measures=[_measure(rng, number, most_steps) for number in range(1, count + 1)],
        title=(
            "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"
            f" ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ (รอบ {months} เดือน)"
        ),
        round=months,
    )


def sentence(rng: random.Random) -> str:
    """Return an invented step."""
    return f"{rng.choice(_VERBS)}{rng.choice(_THINGS)} {rng.choice(_ENDS)}"


def _sentences(rng: random.Random, count: int) -> list[str]:
    found: list[str] = []
    while len(found) < count:
        text = sentence(rng)
        if text not in found:
            found.append(text)
    return found


def _measure(rng: random.Random, number: int, most_steps: int) -> DraftMeasure:
    steps = _sentences(rng, rng.randint(1, most_steps))
    text, start, end = rng.choice(_PERIODS)
    if rng.random() < 0.2:
        parties = [rng.choice(_COMMON_PARTIES)]
    else:
        parties = rng.sample(_PARTIES, rng.randint(1, 3))
    return DraftMeasure(
        number=number,
        title=f"การ{rng.choice(_VERBS)}{rng.choice(_THINGS)}ของกลุ่มสมมติ{GROUPS[number % 8]}",
        steps=steps,
        responsible=parties,
        period=DraftPeriod(text, start, end),
        monitoring=rng.choice(_MONITORING),
        status=rng.choice(STATUSES),
        results=[f"{rng.choice(_SEEN)}{step}" for step in steps],
        outcomes=rng.sample(_GAINS, rng.randint(1, 3)),
        suggestions=rng.sample(_ADVICE, rng.randint(0, 2)),
    )
