"""Items and indicators of one year in the framework of another."""

import pytest

from measures.domain.planning.matching import analysed_framework_year, catalogue_of
from tests.factories.analysis import item_of, make_framework

pytestmark = pytest.mark.django_db


def test_an_item_is_the_same_by_its_text_and_not_by_its_number():
    make_framework(2566, {"I7": (2, "ท่านทราบแผนงบประมาณ เพียงใด"), "I8": (2, "ท่านเคยมีส่วนร่วม")})
    make_framework(2567, {"I7": (2, "คำถามใหม่"), "I3": (2, "ท่านทราบแผนงบประมาณเพียงใด")})
    catalogue = catalogue_of(2567)

    assert catalogue.item_like(item_of(2566, "I7")) == item_of(2567, "I3")
    assert catalogue.item_like(item_of(2566, "I8")) is None


def test_an_item_without_a_text_is_like_no_other():
    make_framework(2566, {"I7": (2, "")})
    make_framework(2567, {"I7": (2, "")})

    assert catalogue_of(2567).item_like(item_of(2566, "I7")) is None


def test_an_indicator_is_found_by_name_by_alias_and_only_then_by_number():
    make_framework(
        2567,
        {"I1": (1, "ก"), "E11": (8, "ข")},
        names={1: "การปฏิบัติหน้าที่", 8: "การปรับปรุงการทำงาน"},
    )
    renamed = catalogue_of(2567).indicators[1]
    renamed.aliases = "การปรับปรุงระบบการทำงาน"
    renamed.save()
    catalogue = catalogue_of(2567)

    assert catalogue.indicator(5, "การปฏิบัติ หน้าที่") == (catalogue.indicators[0], True)
    assert catalogue.indicator(3, "การปรับปรุงระบบการทำงาน") == (renamed, True)
    assert catalogue.indicator(8, "ชื่ออื่น") == (renamed, False)
    assert catalogue.indicator(3, "ชื่ออื่น") == (None, False)


def test_a_plan_answers_the_framework_of_the_year_before_where_there_is_one():
    make_framework(2566, {})

    assert (analysed_framework_year(2567), analysed_framework_year(2566)) == (2566, 2566)
