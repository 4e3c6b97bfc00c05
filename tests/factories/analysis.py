"""Frameworks and scores for the analysis: the shipped year of S2, and small made-up years."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.management import call_command

from measures.models import (
    AssessmentResult,
    Finding,
    Framework,
    Indicator,
    Instrument,
    Item,
    Organisation,
    Remedy,
    Score,
)

INSTRUMENTS = {"I": "IIT", "E": "EIT", "O": "OIT"}

# The scores of the source that analyses the result of 2566 item by item (S2).
S2_SCORES = {
    "I7": "79.27",
    "I8": "53.56",
    "I9": "77.27",
    "I14": "78.00",
    "I27": "72.50",
    "E2": "82.50",
    "E7": "84.59",
    "E13": "81.31",
    "E14": "84.59",
    "E15": "84.59",
}


def load_framework(fiscal_year: int) -> Framework:
    """Return a framework as shipped."""
    call_command("loaddata", "frameworks/rating_schemes", f"frameworks/{fiscal_year}", verbosity=0)
    return Framework.objects.get(fiscal_year=fiscal_year)


def item_of(fiscal_year: int, code: str) -> Item:
    """Return the item of this code (I7, E2, O11)."""
    return Item.objects.get_by_natural_key(fiscal_year, INSTRUMENTS[code[0]], int(code[1:]))


def make_framework(
    fiscal_year: int, items: Mapping[str, tuple[int, str]], names: Mapping[int, str] | None = None
) -> Framework:
    """Return a framework of these items: code -> (number of its indicator, text)."""
    framework = Framework.objects.create(fiscal_year=fiscal_year)
    instruments = {
        code: Instrument.objects.create(framework=framework, code=code)
        for code in INSTRUMENTS.values()
    }
    indicators: dict[int, Indicator] = {}
    for code, (number, text) in items.items():
        instrument = instruments[INSTRUMENTS[code[0]]]
        if number not in indicators:
            indicators[number] = Indicator.objects.create(
                instrument=instrument,
                number=number,
                name=(names or {}).get(number, f"ตัวชี้วัดสมมติที่ {number}"),
            )
        Item.objects.create(
            instrument=instrument, indicator=indicators[number], number=int(code[1:]), text=text
        )
    return framework


def give_scores(
    organisation: Organisation, fiscal_year: int, scores: Mapping[str, str]
) -> AssessmentResult:
    """Return the result of a year with the scores of these items; one that is there gets more."""
    result, _made = AssessmentResult.objects.get_or_create(
        organisation=organisation, fiscal_year=fiscal_year
    )
    for code, value in scores.items():
        Score.objects.update_or_create(
            result=result, item=item_of(fiscal_year, code), defaults={"value": Decimal(value)}
        )
    return result


def make_remedy(fiscal_year: int, number: int, items: str, links: str = "") -> Remedy:
    """Return a remedy for the items of these codes, linked to others; codes between blanks."""
    framework = Framework.objects.get(fiscal_year=fiscal_year)
    remedy = Remedy.objects.create(framework=framework, number=number, source="คู่มือสมมติ")
    remedy.items.set([item_of(fiscal_year, code) for code in items.split()])
    remedy.links.set([item_of(fiscal_year, code) for code in links.split()])
    return remedy


def make_finding(
    organisation: Organisation, fiscal_year: int, items: str = "", **changes: object
) -> Finding:
    """Return a saved finding on the items of these codes (between blanks)."""
    number = Finding.objects.filter(organisation=organisation, fiscal_year=fiscal_year).count() + 1
    values: dict[str, object] = {"number": number, "analysis": "บุคลากรยังไม่ทราบแผนงบประมาณ"}
    found = [item_of(fiscal_year, code) for code in items.split()]
    if found:
        values["indicator"] = found[0].indicator
    finding: Finding = Finding.objects.create(
        organisation=organisation, fiscal_year=fiscal_year, **values | changes
    )
    finding.items.set(found)
    return finding
