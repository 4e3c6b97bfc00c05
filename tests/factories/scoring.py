"""A framework in its full shape, and results under it."""

from collections.abc import Mapping
from decimal import Decimal

from measures.models import (
    AssessmentResult,
    Framework,
    Indicator,
    Instrument,
    Item,
    Organisation,
    RatingLevel,
    RatingScheme,
    Score,
    SubIndicator,
)

WEIGHTS = {"IIT": Decimal(30), "EIT": Decimal(30), "OIT": Decimal(40)}
SIZES = {"9.1": 9, "9.2": 8, "9.3": 7, "9.4": 4, "9.5": 5, "10.1": 8, "10.2": 2}  # of 2564
SURVEYS = {"IIT": (range(1, 6), 6), "EIT": (range(6, 9), 5)}  # indicators, items of each
LETTERS = [("AA", 95), ("A", 85), ("B", 75), ("C", 65), ("D", 55), ("E", 50), ("F", 0)]
FIVE_LEVELS = [
    ("ผ่านดีเยี่ยม", 95, 95),
    ("ผ่านดี", 85, 85),
    ("ผ่าน", 85, None),
    ("ต้องปรับปรุง", 70, None),
    ("ต้องปรับปรุงโดยด่วน", 0, None),
]
NAMES = {9: "การเปิดเผยข้อมูล", 10: "การป้องกันการทุจริต"}


def make_letters() -> RatingScheme:
    """Return the scheme AA-F."""
    scheme, _made = RatingScheme.objects.get_or_create(code="letters", name="ตัวอักษร")
    for order, (name, least) in enumerate(LETTERS, start=1):
        RatingLevel.objects.get_or_create(
            scheme=scheme, order=order, name=name, defaults={"least_total": least}
        )
    return scheme


def make_five_levels() -> RatingScheme:
    """Return the scheme of five levels, with the least score of each instrument."""
    scheme, _made = RatingScheme.objects.get_or_create(code="five-levels", name="ห้าระดับ")
    for order, (name, least, each) in enumerate(FIVE_LEVELS, start=1):
        RatingLevel.objects.get_or_create(
            scheme=scheme,
            order=order,
            name=name,
            defaults={"least_total": least, "least_of_each_instrument": each},
        )
    return scheme


def make_framework(
    fiscal_year: int = 2564,
    *,
    scheme: RatingScheme | None = None,
    weights: Mapping[str, Decimal | None] | None = None,
) -> Framework:
    """Return a saved framework of 30 + 15 + 43 items, each in its place; letters unless told."""
    framework = Framework.objects.create(
        fiscal_year=fiscal_year, rating_scheme=scheme or make_letters()
    )
    known = WEIGHTS if weights is None else weights
    instruments = {
        code: Instrument.objects.create(
            framework=framework,
            code=code,
            weight=known.get(code),
        )
        for code in WEIGHTS
    }
    items: list[Item] = []
    for code, (numbers, size) in SURVEYS.items():
        for at, number in enumerate(numbers):
            indicator = Indicator.objects.create(
                instrument=instruments[code], number=number, name=f"ตัวชี้วัดสมมติที่ {number}"
            )
            items += [
                Item(instrument=instruments[code], indicator=indicator, number=at * size + each)
                for each in range(1, size + 1)
            ]
    parents = {
        number: Indicator.objects.create(
            instrument=instruments["OIT"], number=number, name=NAMES[number]
        )
        for number in (9, 10)
    }
    count = 0
    for name, size in SIZES.items():
        parent = parents[int(name.split(".")[0])]
        part = SubIndicator.objects.create(indicator=parent, number=name, name=f"ย่อย {name}")
        for _ in range(size):
            count += 1
            items.append(
                Item(
                    instrument=instruments["OIT"],
                    indicator=parent,
                    sub_indicator=part,
                    number=count,
                )
            )
    Item.objects.bulk_create(items)
    return framework


def item_of(fiscal_year: int, code: str) -> Item:
    """Return an item by its short name, I7."""
    instrument = {"I": "IIT", "E": "EIT", "O": "OIT"}[code[0]]
    return Item.objects.get_by_natural_key(fiscal_year, instrument, int(code[1:]))


def make_result(
    organisation: Organisation,
    fiscal_year: int = 2564,
    *,
    scores: Mapping[str, str] | None = None,
    every: Mapping[str, str] | None = None,
    **announced: object,
) -> AssessmentResult:
    """Return a saved result: ``every`` scores all items of an instrument, ``scores`` some."""
    result = AssessmentResult.objects.create(
        organisation=organisation, fiscal_year=fiscal_year, **announced
    )
    rows = [
        Score(
            result=result,
            item=item,
            value=Decimal((scores or {}).get(item.code()) or (every or {})[item.instrument.code]),
        )
        for item in Item.objects.filter(
            instrument__framework__fiscal_year=fiscal_year
        ).select_related("instrument")
        if item.code() in (scores or {}) or item.instrument.code in (every or {})
    ]
    Score.objects.bulk_create(rows)
    return result
