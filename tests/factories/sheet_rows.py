"""Records for every sheet, with texts that sheets have trouble with: ``GENERATORS`` by sheet."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from ita_portal.thai.words import normalise_compact
from measures.domain.recording import progress
from measures.models import (
    AssessmentResult,
    CalendarEntry,
    Division,
    Finding,
    Framework,
    HoldingKind,
    Holiday,
    Indicator,
    Instrument,
    Item,
    Measure,
    Organisation,
    Post,
    PostHolding,
    ProgressEntry,
    RatingLevel,
    RatingScheme,
    Remedy,
    ReportingRound,
    Responsibility,
    ResponsibilityKind,
    Score,
    Severity,
    Step,
    SubIndicator,
    Target,
    User,
)

# What spreadsheets, csv files and the notations of the sheets themselves trip over.
FRAGMENTS = (
    "=1+1",
    "+66 4200 0000",
    "- ข้อแรก",
    "@SUM(A1)",
    "'",
    "''=1",
    "น้ำ",
    "นํ้า",
    "ทํา",
    "\u200b",
    "\ufeff",
    "😀",
    ",",
    ";",
    '"อ้าง"',
    "\t",
    "ก" * 300,
    "๐๑๒ ๓",
    "0012",
    "1e5",
    "2566",
    "TRUE",
    "#N/A",
    "ทุกส่วนราชการ",
    "คณะกรรมการ",
    "(ภายใน 31 มีนาคม 2564)",
    "(ภายในสำนักงาน)",
    "(ไม่กำหนดวัน)",
    "{ส่วนราชการ: กองคลัง}",
    " | ",
    "I7 (2565)",
    "<b>หนา</b>",
    "_x000A_",
    "a  b",
    "ไม่กำหนด",
)
BREAKS = ("\n", "\n\n", "\r\n", "\n    ย่อหน้า", "\n- ", "\u2028", "\x0b")


@dataclass
class World:
    """What has been made so far, and how texts are chosen."""

    random: Random
    administrator: User
    people: list[User]
    made: dict[Any, Any] = field(default_factory=dict)
    _numbers: int = 0

    def _text(self, fragments: tuple[str, ...], most: int) -> str:
        chosen = self.random.choices(fragments, k=self.random.randint(1, most))
        text = "".join(chosen)
        return text if normalise_compact(text) else f"{text}ก"

    def words(self, longest: int = 180) -> str:
        """Return one line of text, not empty and without spaces at its ends."""
        return self._text(FRAGMENTS, 4).strip()[:longest].strip()

    def prose(self) -> str:
        """Return text of several lines, not empty."""
        return self._text((*FRAGMENTS, *BREAKS, *BREAKS), 9).strip()

    def some(self) -> str:
        """Return text or none."""
        return self.random.choice(["", self.prose(), self.prose()])

    def name(self) -> str:
        """Return a line that no other is alike to."""
        self._numbers += 1
        return f"{self.words(100)} ลำดับ{chr(ord('ก') + self._numbers)}"


def day(month: int, number: int = 1, year: int = 2566) -> datetime.date:
    return datetime.date(year - 543, month, number)


def organisations(world: World) -> None:
    supervisor = None
    for slug in ("sommut-kong", "sommut-nam"):
        office = Organisation.objects.create(
            slug=slug,
            name=f"ก{world.name()}" if slug == "sommut-kong" else world.name(),
            short_name=world.words(100),
            kind="tambon",
            tambon=world.words(100),
            amphoe=world.words(100),
            changwat=world.words(100),
            document_prefix=world.words(30),
            phone=world.words(50),
            website="https://example.go.th/?a=1,2",
            has_leaders=supervisor is None,
            mfa_required_from=datetime.date(2099, 10, 1) if supervisor else None,
            fix_at_once_below=Decimal("79.5"),
            improve_below=Decimal("85.25"),
            supervisor=supervisor,
        )
        supervisor = office
    world.made["office"] = office


def holidays(world: World) -> None:
    for number in (6, 13):
        Holiday.objects.create(date=day(4, number), name=world.words(), source=world.words())


def rating_schemes(world: World) -> None:
    world.made["scheme"] = RatingScheme.objects.create(
        code="five-levels-2", name=world.words(100), source=world.some()
    )


def rating_levels(world: World) -> None:
    for order, least in ((1, None), (2, Decimal("84.5"))):
        RatingLevel.objects.create(
            scheme=world.made["scheme"],
            name=f"{world.words(40)}{order}",
            order=order,
            least_total=Decimal(85),
            least_of_each_instrument=least,
            is_passing=least is None,
        )


def frameworks(world: World) -> None:
    for year, scheme in ((2566, world.made["scheme"]), (2567, None)):
        world.made[year] = Framework.objects.create(
            fiscal_year=year, rating_scheme=scheme, source=world.some(), note=world.some()
        )


def calendar(world: World) -> None:
    for number, ends_on in ((1, day(5, 2)), (2, None)):
        CalendarEntry.objects.create(
            framework=world.made[2566],
            name=f"{world.words(100)}{number}",
            starts_on=day(4, number),
            ends_on=ends_on,
            source=world.some(),
        )


def instruments(world: World) -> None:
    for year in (2566, 2567):
        for code, weight in (("IIT", "30"), ("EIT", None), ("OIT", "40.55")):
            world.made[year, code] = Instrument.objects.create(
                framework=world.made[year], code=code, weight=weight, source=world.some()
            )


def indicators(world: World) -> None:
    for year in (2566, 2567):
        for number, code in enumerate(("IIT", "EIT", "OIT"), 1):
            world.made[year, number] = Indicator.objects.create(
                instrument=world.made[year, code],
                number=number,
                name=world.words(),
                aliases="\n".join([world.words(), world.words()]),
                source=world.some(),
            )


def sub_indicators(world: World) -> None:
    for year in (2566, 2567):
        for number in ("3.1", "3.2"):
            world.made[year, number] = SubIndicator.objects.create(
                indicator=world.made[year, 3], number=number, name=world.words(), source=""
            )


def items(world: World) -> None:
    for year in (2566, 2567):
        for indicator, code in enumerate(("IIT", "EIT", "OIT"), 1):
            for number in (2, 10):
                is_oit = code == "OIT"
                world.made[year, f"{code[0]}{number}"] = Item.objects.create(
                    instrument=world.made[year, code],
                    indicator=world.made[year, indicator] if number == 10 or is_oit else None,
                    sub_indicator=world.made[year, "3.2"] if is_oit else None,
                    number=number,
                    text=world.some(),
                    purpose="plan" if is_oit and number == 10 else "",
                    source=world.some(),
                )


def remedies(world: World) -> None:
    made = world.made
    for number, codes, links, parts in (
        (1, ("I10", "I2", "E2"), ("O10", "O2"), ("3.1", "3.2")),
        (2, ("E10",), (), ()),
    ):
        remedy = Remedy.objects.create(
            framework=made[2566], number=number, text=world.some(), source=world.prose()
        )
        remedy.items.set(made[2566, code] for code in codes)
        remedy.links.set(made[2566, code] for code in links)
        remedy.linked_sub_indicators.set(made[2566, part] for part in parts)
        made["remedy", number] = remedy


def divisions(world: World) -> None:
    office = world.made["office"]
    made: list[Division] = []
    # The order of the list sets sub-units before what they hang on.
    for parent, order in ((None, 9), (None, 2), (0, 1), (2, 0), (1, 3)):
        made.append(
            Division.objects.create(
                organisation=office,
                name=world.name(),
                parent=None if parent is None else made[parent],
                aliases=world.random.choice(["", f"{world.words()}\nกองอื่น"]),
                order=order,
                closed_on=day(9, 30) if order == 3 else None,
            )
        )
    world.made["divisions"] = made


def posts(world: World) -> None:
    office, divisions = world.made["office"], world.made["divisions"]
    title = world.name()
    world.made["posts"] = [
        Post.objects.create(organisation=office, title=name, division=division, **duties)
        for name, division, duties in (
            (title, divisions[0], {"reports_progress": True, "order": 3}),
            (title, divisions[2], {"coordinates": True}),
            (title, None, {"administers": True, "receives_escalations": True}),
            (world.name(), None, {"order": 1}),
        )
    ]


def holdings(world: World) -> None:
    posts, (first, second) = world.made["posts"], world.people
    for post, user, more in (
        (posts[0], first, {"starts_on": day(10, 1, 2563), "ends_on": day(9, 30, 2565)}),
        (posts[0], second, {"starts_on": day(10, 1, 2565)}),
        (posts[3], first, {"starts_on": day(10, 1, 2565)}),
        (
            posts[2],
            first,
            {
                "kind": HoldingKind.ACTING_FOR,
                "substantive_post": posts[3],
                "order_number": world.words(50),
                "order_date": day(1, 2),
                "starts_on": day(1, 3),
                "ends_on": day(2, 3),
            },
        ),
    ):
        PostHolding.objects.create(post=post, user=user, **more)


def results(world: World) -> None:
    world.made["result"] = AssessmentResult.objects.create(
        organisation=world.made["office"],
        fiscal_year=2566,
        total=Decimal("83.32"),
        iit=Decimal(100),
        eit=Decimal(0),
        level=world.words(50),
        announced_on=day(8, 10),
        source=world.some(),
    )
    AssessmentResult.objects.create(organisation=world.made["office"], fiscal_year=2567)


def scores(world: World) -> None:
    for code, value in (("I2", "79.27"), ("I10", "0"), ("E2", "100"), ("O10", "99.9")):
        Score.objects.create(
            result=world.made["result"], item=world.made[2566, code], value=Decimal(value)
        )


def findings(world: World) -> None:
    made = world.made
    for number, severity, codes in (
        (1, Severity.FIX_AT_ONCE, ("I2", "I10", "O2")),
        (4, Severity.IMPROVE, ()),
    ):
        finding = Finding.objects.create(
            organisation=made["office"],
            fiscal_year=2566,
            number=number,
            severity=severity,
            indicator=made[2566, 1] if codes else None,
            analysis=world.prose(),
            references=world.words(),
            remedy=made["remedy", 2] if codes else None,
        )
        finding.items.set(made[2566, code] for code in codes)
        made["finding", number] = finding


def measures(world: World) -> None:
    made = world.made
    for number, period, days in (
        (1, "ตุลาคม 2566 - กันยายน 2567", (day(10, 1, 2566), day(9, 30, 2567))),
        (2, "ตุลาคม 2566 - กันยายน 2567", (None, None)),
        (7, world.words(), (day(10, 5, 2566), None)),
    ):
        measure = Measure.objects.create(
            organisation=made["office"],
            fiscal_year=2567,
            number=number,
            title=world.prose(),
            indicator=made[{1: 2566, 2: 2567, 7: 2566}[number], 3] if number != 7 else None,
            period_text=period,
            starts_on=days[0],
            ends_on=days[1],
            monitoring=world.some(),
        )
        if number != 7:
            measure.items.set([made[2566, "I10"], made[2566, "I2"], made[2567, "O2"]])
            measure.findings.set([made["finding", 4], made["finding", 1]])
        for place in (1, 2, 3):
            due_on = day(3, 31, 2567) if place == 2 else None
            Step.objects.create(measure=measure, number=place, text=world.prose(), due_on=due_on)
        _responsible(world, measure)
        made["measure", number] = measure


def _responsible(world: World, measure: Measure) -> None:
    divisions, posts = world.made["divisions"], world.made["posts"]
    kinds = ResponsibilityKind
    chosen: dict[int, list[dict[str, Any]]] = {
        1: [
            {"kind": kinds.DIVISION, "division": divisions[0]},
            {"kind": kinds.DIVISION, "division": divisions[1], "text": world.words()},
            {"kind": kinds.SUB_UNIT, "division": divisions[2]},
            {"kind": kinds.POST, "post": posts[0]},
            {"kind": kinds.POST, "post": posts[1], "division": divisions[1]},
        ],
        2: [
            {"kind": kinds.EVERY_DIVISION},
            {"kind": kinds.COMMITTEE, "text": world.words(), "division": divisions[0]},
            {"kind": kinds.ALL_STAFF, "text": world.words()},
        ],
        7: [
            {"kind": kinds.COMMITTEE, "text": "คณะกรรมการจริยธรรม"},
            {"kind": kinds.POST, "post": posts[3], "text": world.words()},
        ],
    }
    for order, values in enumerate(chosen[measure.number], 1):
        Responsibility.objects.create(measure=measure, order=order, **values)


def targets(world: World) -> None:
    for number, baseline in ((1, None), (2, Decimal("1.50"))):
        Target.objects.create(
            measure=world.made["measure", 2],
            number=number,
            name=world.words(),
            unit=world.words(50),
            baseline=baseline,
            goal=Decimal("123456789.25"),
            fold="average" if baseline else "sum",
        )


def rounds(world: World) -> None:
    for months, opens_on, due_on, closes_on in (
        (6, day(10, 1, 2566), day(3, 31, 2567), None),
        (12, day(10, 1, 2566), day(9, 30, 2567), day(10, 15, 2642)),
    ):
        world.made["round", months] = ReportingRound.objects.create(
            organisation=world.made["office"],
            fiscal_year=2567,
            months=months,
            opens_on=opens_on,
            due_on=due_on,
            closes_on=closes_on,
        )


def entries(world: World) -> None:
    found: list[ProgressEntry] = progress.entries_of(world.made["round", 6])
    reported, worded = found[0], found[1]
    progress.record(
        reported,
        by=world.administrator,
        version=0,
        status="in_progress",
        status_note=world.words(),
        result=world.prose(),
        outcome=world.some(),
    )
    progress.save_field(worded, "result", world.prose(), by=world.administrator, version=0)


# In the order in which the sheets are taken in.
GENERATORS: dict[str, Callable[[World], None]] = {
    "organisations": organisations,
    "holidays": holidays,
    "rating-schemes": rating_schemes,
    "rating-levels": rating_levels,
    "frameworks": frameworks,
    "calendar": calendar,
    "instruments": instruments,
    "indicators": indicators,
    "sub-indicators": sub_indicators,
    "items": items,
    "remedies": remedies,
    "divisions": divisions,
    "posts": posts,
    "holdings": holdings,
    "results": results,
    "scores": scores,
    "findings": findings,
    "measures": measures,
    "targets": targets,
    "rounds": rounds,
    "progress": entries,
}
