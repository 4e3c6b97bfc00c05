"""The page of the estimate: ticks and ranges in the address, nothing stored."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.scoring import make_framework, make_result
from tests.measures.views.roles import everything_stored

pytestmark = pytest.mark.django_db

QUERIES = 19
PAGE = reverse("desk:estimate", args=[2564])
RANGES = {"asked": "1", "iit_low": "๘๐", "iit_high": "90", "eit_low": "80", "eit_high": "90"}


@pytest.fixture
def browser(office, as_person):
    make_framework()
    return as_person(office.staff)


def test_the_worked_figures_are_shown_and_nothing_is_stored(browser):
    before = everything_stored()
    passed = [str(number) for number in range(1, 44) if number not in (1, 34)]

    response = browser.get(PAGE, {**RANGES, "o": passed})

    page = response.content.decode()
    assert "ประมาณการ" in page
    for figure in ("๘๘.๘๙", "๙๗.๗๘", "๙๓.๗๕", "๙๕.๗๖๕", "๓๘.๓๑", "๘๖.๓๑ – ๙๒.๓๑"):
        assert figure in page
    assert everything_stored() == before


def test_what_one_document_is_worth_is_shown(browser):
    page = browser.get(PAGE, {**RANGES, "tick": "all"}).content.decode()

    assert "ตัวชี้วัดย่อย ๕๐.๐๐ ตัวชี้วัด ๒๕.๐๐ OIT ๑๒.๕๐ และคะแนนรวม ๕.๐๐ คะแนน" in page
    assert page.count(" checked>") == 43


def test_before_anything_is_chosen_the_office_s_own_results_are_used(browser, office):
    make_result(office.organisation, 2562, iit=Decimal(70), eit=Decimal(75))
    make_result(office.organisation, 2563, iit=Decimal(80), eit=Decimal(85))
    make_result(office.organisation, 2564, scores={"O1": "100", "O2": "0"})

    response = browser.get(PAGE)

    form = response.context["form"]
    assert form.data["o"] == ["1"]
    assert (form.data["iit_low"], form.data["iit_high"]) == ("70.00", "80.00")
    assert "ต่ำสุดถึงสูงสุดของคะแนน IIT ที่หน่วยงานเคยได้" in response.content.decode()


def test_a_range_that_ends_before_it_begins_is_told(browser):
    response = browser.get(PAGE, {**RANGES, "iit_high": "70"})

    assert response.status_code == 422
    assert "estimate" not in response.context
    assert "ต้องไม่น้อยกว่าคะแนนอย่างน้อย" in response.content.decode()


def test_a_year_whose_weights_have_no_source_is_refused_by_name(browser):
    make_framework(2566, weights={})

    page = browser.get(reverse("desk:estimate", args=[2566])).content.decode()

    assert "ปีนี้ยังประมาณการไม่ได้" in page
    assert "น้ำหนักของ IIT ที่มีแหล่งอ้างอิง" in page
    assert 'name="o"' not in page


def test_the_page_asks_as_often_for_many_years_as_for_few(
    browser, office, django_assert_num_queries
):
    make_result(office.organisation, 2563, iit=Decimal(80))
    browser.get(PAGE)
    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)
    for year in (2560, 2561, 2562):
        make_result(office.organisation, year, iit=Decimal(80))
    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)
