"""The frameworks as shipped: they load, they dump back to the same text, and invent nothing."""

import json
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.db import transaction

from measures.models import (
    CalendarEntry,
    Framework,
    Indicator,
    Instrument,
    Item,
    RatingLevel,
    RatingScheme,
    Remedy,
    SubIndicator,
)

FOLDER = Path(settings.FIXTURE_DIRS[0]) / "frameworks"
YEARS = range(2563, 2570)
UNCONFIRMED = "ยังไม่ยืนยันจากเอกสารของ ป.ป.ช."


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """All frameworks, loaded once for this module; each test has its own savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command(
            "loaddata",
            "frameworks/rating_schemes",
            *(f"frameworks/{year}" for year in YEARS),
            verbosity=0,
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture
def frameworks(loaded, db):
    return Framework.objects.all()


def dumped(*querysets) -> str:
    """Return what ``dumpdata --natural-foreign --natural-primary --indent 2`` writes of these."""
    return serializers.serialize(
        "json",
        [row for rows in querysets for row in rows.order_by("pk")],
        indent=2,
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    )


def item(year: int, code: str) -> Item:
    return Item.objects.get_by_natural_key(
        year, {"I": "IIT", "E": "EIT", "O": "OIT"}[code[0]], int(code[1:])
    )


@pytest.mark.parametrize("year", YEARS)
def test_a_year_dumps_back_to_the_text_of_its_file(frameworks, year):
    text = dumped(
        Framework.objects.filter(fiscal_year=year),
        Instrument.objects.filter(framework__fiscal_year=year),
        Indicator.objects.filter(instrument__framework__fiscal_year=year),
        SubIndicator.objects.filter(indicator__instrument__framework__fiscal_year=year),
        Item.objects.filter(instrument__framework__fiscal_year=year),
        CalendarEntry.objects.filter(framework__fiscal_year=year),
        Remedy.objects.filter(framework__fiscal_year=year),
    )
    assert text == (FOLDER / f"{year}.json").read_text(encoding="utf-8")


def test_the_rating_schemes_dump_back_to_the_text_of_their_file(frameworks):
    levels = [RatingLevel.objects.filter(scheme__code=code) for code in ("letters", "five-levels")]
    schemes = [RatingScheme.objects.filter(code=code) for code in ("letters", "five-levels")]
    text = dumped(schemes[0], levels[0], schemes[1], levels[1])
    assert text == (FOLDER / "rating_schemes.json").read_text(encoding="utf-8")


def test_there_is_one_file_per_year_and_one_of_schemes():
    assert sorted(path.stem for path in FOLDER.iterdir()) == [
        *(str(year) for year in YEARS),
        "rating_schemes",
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_thai_is_readable_composed_and_without_keys_of_one_database(path):
    text = path.read_text(encoding="utf-8")
    assert "\\u" not in text
    assert unicodedata.normalize("NFC", text) == text
    assert "\u0e4d\u0e32" not in text  # sara am in two pieces
    assert not any("pk" in row for row in json.loads(text))


@pytest.mark.parametrize(
    ("year", "iit", "eit", "oit", "with_text"),
    [
        (2563, 30, 15, 43, 4),
        (2564, 30, 15, 43, 32),
        (2565, 30, 15, 43, 2),
        (2566, 30, 15, 43, 53),
        (2567, 0, 0, 5, 4),
        (2568, 0, 0, 28, 20),
        (2569, 0, 0, 26, 20),
    ],
)
def test_items_are_as_many_as_known_and_only_the_sourced_have_a_text(
    frameworks, year, iit, eit, oit, with_text
):
    items = Item.objects.filter(instrument__framework__fiscal_year=year)
    counts = [items.filter(instrument__code=code).count() for code in ("IIT", "EIT", "OIT")]
    assert counts == [iit, eit, oit]
    assert items.exclude(text="").count() == with_text


def test_every_text_has_a_source_and_every_weight_too(frameworks):
    assert not Item.objects.exclude(text="").filter(source="").exists()
    assert not Instrument.objects.exclude(weight=None).filter(source="").exists()
    assert not Indicator.objects.filter(source="").exists()
    assert not SubIndicator.objects.filter(source="").exists()
    assert not CalendarEntry.objects.filter(source="").exists()
    assert not Remedy.objects.filter(source="").exists()
    assert not RatingScheme.objects.filter(source="").exists()


def test_weights_are_given_for_the_sourced_years_only(frameworks):
    weights = Instrument.objects.exclude(weight=None).order_by("pk")
    assert [(i.framework.fiscal_year, i.code, str(i.weight)) for i in weights] == [
        (year, code, weight)
        for year in (2564, 2567)
        for code, weight in (("IIT", "30.00"), ("EIT", "30.00"), ("OIT", "40.00"))
    ]


@pytest.mark.parametrize(
    ("year", "plan", "report"),
    [
        (2563, "O42", "O43"),
        (2564, "O42", "O43"),
        (2565, "O42", "O43"),
        (2566, "O42", "O43"),
        (2567, "O34", "O35"),
        (2568, "O27", "O28"),
        (2569, "O25", "O26"),
    ],
)
def test_each_year_names_the_two_items_of_this_portal(frameworks, year, plan, report):
    items = Item.objects.filter(instrument__framework__fiscal_year=year).exclude(purpose="")
    assert {i.purpose: i.code() for i in items} == {"plan": plan, "report": report}


@pytest.mark.parametrize("code", ["O34", "O35"])
def test_unconfirmed_numbers_of_2567_say_so(frameworks, code):
    assert UNCONFIRMED in item(2567, code).source


def test_unconfirmed_numbers_of_2568_have_no_title_and_say_so(frameworks):
    for code in ("O27", "O28"):
        assert (item(2568, code).text, UNCONFIRMED in item(2568, code).source) == ("", True)


@pytest.mark.parametrize(
    ("year", "code", "text", "place"),
    [
        (
            2564,
            "I27",
            "ปัญหาการทุจริตในหน่วยงานของท่าน ได้รับการแก้ไข มากน้อยเพียงใด",
            "5. การแก้ไขปัญหาการทุจริต",
        ),
        (
            2566,
            "I27",
            "ท่านทราบเกี่ยวกับมาตรฐานทางจริยธรรมหรือประมวลจริยธรรมสำหรับเจ้าหน้าที่ของหน่วยงานท่าน มากน้อยเพียงใด",
            "5. การแก้ไขปัญหาการทุจริต",
        ),
        (2566, "E13", "หน่วยงานมีระบบการให้บริการออนไลน์หรือไม่", "8. การปรับปรุงการทำงาน"),
        (2566, "E1", "", "None"),
        (2564, "E13", "", "None"),
        (2564, "O1", "", "9. การเปิดเผยข้อมูล"),
        (
            2564,
            "O42",
            "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
            "10. การป้องกันการทุจริต",
        ),
        (2566, "O18", "E-Service", "9. การเปิดเผยข้อมูล"),
        (2567, "O34", "", "None"),
        (2569, "O25", "การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร", "None"),
        (2569, "O2", "", "None"),
    ],
)
def test_spot_texts(frameworks, year, code, text, place):
    found = item(year, code)
    assert (found.text, str(found.indicator)) == (text, place)


@pytest.mark.parametrize(
    ("year", "sizes"),
    [
        (2563, {}),
        (2564, {"9.1": 9, "9.2": 8, "9.3": 7, "9.4": 4, "9.5": 5, "10.1": 8, "10.2": 2}),
        (2565, {}),
        (2566, {"9.1": 10, "9.2": 8, "9.3": 4, "9.4": 4, "9.5": 4, "10.1": 8, "10.2": 5}),
        (2567, {}),
    ],
)
def test_sub_indicators_have_their_items(frameworks, year, sizes):
    parts = SubIndicator.objects.filter(indicator__instrument__framework__fiscal_year=year)
    assert {part.number: part.items.count() for part in parts} == sizes


@pytest.mark.parametrize(
    ("year", "name", "alias"),
    [
        (2565, "การปรับปรุงระบบการทำงาน", "การปรับปรุงการทำงาน"),
        (2566, "การปรับปรุงการทำงาน", "การปรับปรุงระบบการทำงาน"),
    ],
)
def test_the_eighth_indicator_changed_its_name(frameworks, year, name, alias):
    indicator = Indicator.objects.get_by_natural_key(year, 8)
    assert (indicator.name, indicator.aliases) == (name, alias)


def test_the_scale_changed_with_the_results_of_2566(frameworks):
    schemes = Framework.objects.order_by("fiscal_year").values_list(
        "fiscal_year", "rating_scheme__code"
    )
    assert dict(schemes) == {
        2563: "letters",
        2564: "letters",
        2565: "letters",
        2566: "five-levels",
        2567: "five-levels",
        2568: "five-levels",
        2569: None,
    }


@pytest.mark.parametrize(
    ("year", "entries"),
    [(2563, 2), (2564, 7), (2565, 6), (2566, 2), (2567, 1), (2568, 1), (2569, 0)],
)
def test_the_calendar_of_each_year(frameworks, year, entries):
    assert CalendarEntry.objects.filter(framework__fiscal_year=year).count() == entries


def test_the_oit_window_of_2565(frameworks):
    entry = CalendarEntry.objects.get_by_natural_key(2565, "ตอบแบบ OIT")
    assert (str(entry.starts_on), str(entry.ends_on)) == ("2022-03-01", "2022-04-30")


def test_the_guidance_of_2566_says_which_items_it_is_for_and_no_words_of_its_own(frameworks):
    remedies = Remedy.objects.order_by("number")
    assert [
        (
            remedy.framework.fiscal_year,
            [each.code() for each in remedy.items.all()],
            [each.code() for each in remedy.links.all()]
            + [each.number for each in remedy.linked_sub_indicators.all()],
            remedy.text,
        )
        for remedy in remedies
    ] == [
        (2566, ["I7"], ["O11"], ""),
        (2566, ["I8", "I9"], ["O11", "O12"], ""),
        (2566, ["I14"], ["O23", "O24", "O25"], ""),
        (2566, ["I27"], ["O39", "O40"], ""),
        (2566, ["E2"], ["O14", "O15", "O18"], ""),
        (2566, ["E7"], ["9.1", "9.2", "9.3"], ""),
        (2566, ["E13"], ["O18"], ""),
        (2566, ["E14"], ["O30"], ""),
        (2566, ["E15"], ["O36", "O38"], ""),
    ]
