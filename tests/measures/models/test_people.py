"""People hold posts for dates; what they are called and may do follows from the day."""

import datetime

import pytest

from measures.models import HoldingKind, PostHolding
from measures.models.organisations import organisation_of
from tests.factories.flow import fresh
from tests.factories.organisations import make_organisation, make_post
from tests.factories.people import hold, make_user

pytestmark = pytest.mark.django_db

FIRST, LAST = datetime.date(2021, 1, 1), datetime.date(2021, 3, 31)
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def organisation():
    return make_organisation()


@pytest.fixture
def post(organisation):
    return make_post(organisation, "ปลัดองค์การบริหารส่วนตำบล")


@pytest.fixture
def deputy_post(organisation):
    return make_post(organisation, "รองปลัดองค์การบริหารส่วนตำบล")


@pytest.mark.parametrize(
    ("values", "printed", "shown"),
    [
        ({"title": "นาย"}, "นายสมมติ ใจดี", "นายสมมติ ใจดี"),
        ({"title": "นาย", "rank": "จำเอก"}, "สมมติ ใจดี", "จำเอกสมมติ ใจดี"),
        ({"title": ""}, "สมมติ ใจดี", "สมมติ ใจดี"),
        ({"title": "", "first_name": "", "last_name": ""}, "someone", ""),
    ],
)
def test_name_on_paper_and_on_screen(values, printed, shown):
    person = make_user("someone", **{"first_name": "สมมติ", "last_name": "ใจดี"} | values)

    assert (person.printed_name(), person.get_full_name()) == (printed, shown)


@pytest.mark.parametrize(
    ("day", "is_held"),
    [
        (FIRST - ONE_DAY, False),
        (FIRST, True),
        (LAST, True),
        (LAST + ONE_DAY, False),
    ],
)
def test_post_is_held_from_the_first_to_the_last_day(post, day, is_held):
    holding = hold(post, make_user(), starts_on=FIRST, ends_on=LAST)

    assert post.holder_on(day) == (holding if is_held else None)
    assert list(PostHolding.objects.current(on=day)) == ([holding] if is_held else [])


def test_holding_without_an_end_goes_on(post):
    holding = hold(post, make_user(), starts_on=FIRST)

    assert post.holder_on(datetime.date(2560, 1, 1)) == holding


@pytest.mark.parametrize("kind", [kind for kind in HoldingKind if kind != "substantive"])
def test_acting_holder_stands_before_the_holder(post, deputy_post, kind):
    hold(post, make_user(), starts_on=FIRST)
    acting = hold(
        post, make_user(), kind=kind, substantive_post=deputy_post, starts_on=FIRST, ends_on=LAST
    )

    assert post.holder_on(LAST) == acting
    assert post.holder_on(LAST + ONE_DAY).is_acting() is False


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("acting_for", "รักษาราชการแทน"),
        ("on_behalf", "ปฏิบัติราชการแทน"),
        ("acting_in_post", "รักษาการในตำแหน่ง"),
        ("performing_duties", "ปฏิบัติหน้าที่"),
    ],
)
def test_acting_holder_prints_own_post_with_the_form_and_then_the_post(
    post, deputy_post, kind, words
):
    holding = hold(post, make_user(), kind=kind, substantive_post=deputy_post)

    assert holding.position_lines() == [
        f"รองปลัดองค์การบริหารส่วนตำบล {words}",
        "ปลัดองค์การบริหารส่วนตำบล",
    ]
    assert holding.is_acting() is True


def test_holder_prints_the_post_alone(post):
    holding = hold(post, make_user())

    assert (holding.position_lines(), holding.is_acting()) == (["ปลัดองค์การบริหารส่วนตำบล"], False)


def test_person_belongs_to_the_organisations_of_todays_posts(organisation, post):
    person = make_user()
    elsewhere = make_organisation()
    hold(post, person)
    hold(make_post(elsewhere), person, starts_on=FIRST, ends_on=LAST)

    assert fresh(person).organisation_ids() == {organisation.pk}
    assert organisation_of(fresh(person)) == organisation
    assert organisation_of(make_user()) is None


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("องค์การบริหารส่วนตำบลสมมติ", "นายกองค์การบริหารส่วนตำบลสมมติ"),
        ("องค์การบริหารส่วนจังหวัดสมมติ", "นายกองค์การบริหารส่วนจังหวัดสมมติ"),
        ("เทศบาลตำบลสมมติ", "นายกเทศมนตรีตำบลสมมติ"),
        ("เทศบาลเมืองสมมติ", "นายกเทศมนตรีเมืองสมมติ"),
        ("เทศบาลนครสมมติ", "นายกเทศมนตรีนครสมมติ"),
    ],
)
def test_title_of_the_elected_head(name, title):
    assert make_organisation(name=name).mayor_title() == title
