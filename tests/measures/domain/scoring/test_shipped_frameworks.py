"""Shipped frameworks come to an install once, and never over what somebody changed there."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from measures.models import Framework, Item, RatingLevel, Remedy

pytestmark = pytest.mark.django_db


def load(*years: str) -> str:
    output = StringIO()
    call_command("load_frameworks", "--year", *years, stdout=output)
    return output.getvalue()


def test_a_missing_year_is_added_whole_and_what_is_there_stays():
    assert load("2566") == "เพิ่มกรอบการประเมินปี 2566\n"
    assert Remedy.objects.count() == 9
    Item.objects.filter(number=8, instrument__code="IIT").update(text="แก้โดยผู้ดูแล")
    RatingLevel.objects.filter(name="ผ่าน").update(least_total=86)
    Remedy.objects.filter(number=2).delete()

    assert load("2566", "2567") == "เพิ่มกรอบการประเมินปี 2567\n"
    assert load("2566", "2567") == "มีครบแล้ว ไม่มีสิ่งใดเปลี่ยน\n"

    assert Item.objects.filter(text="แก้โดยผู้ดูแล").count() == 1
    assert RatingLevel.objects.get(name="ผ่าน").least_total == 86
    assert Remedy.objects.count() == 8


def test_a_year_without_any_remedy_gets_the_shipped_ones():
    load("2566")
    Remedy.objects.all().delete()

    assert load("2566") == "เพิ่มแนวทางแก้ไขตามข้อประเมินปี 2566\n"

    together = Remedy.objects.get(number=2)
    assert [item.code() for item in together.items.order_by("number")] == ["I8", "I9"]
    assert [item.code() for item in together.links.order_by("number")] == ["O11", "O12"]
    Remedy.objects.all().delete()
    Item.objects.get_by_natural_key(2566, "EIT", 15).delete()
    with pytest.raises(CommandError, match="อ้างข้อที่กรอบในระบบไม่มี"):
        load("2566")
    assert not Remedy.objects.exists()


def test_a_year_that_is_not_shipped_is_told():
    with pytest.raises(CommandError, match="ไม่มีกรอบการประเมินปี 2599 มากับระบบ"):
        load("2599")
    assert not Framework.objects.exists()
