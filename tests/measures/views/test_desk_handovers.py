"""Handing over at the desk: the list first, then the act."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.domain.staffing import handovers
from measures.models import Handover
from tests.factories.flow import fresh
from tests.factories.handovers import let_administer, make_handover, tomorrow

pytestmark = pytest.mark.django_db

NEW = reverse("desk:handover_new")


def typed(office, **changes) -> dict[str, str]:
    values = {
        "holding": str(office.staff.holdings.get().pk),
        "to_user": str(office.finance_staff.pk),
        "takes_effect_on": tomorrow().isoformat(),
    }
    return values | changes


def test_the_list_is_shown_before_anything_happens(office, as_person):
    let_administer(office)

    page = as_person(office.clerk).get(NEW, {"holding": typed(office)["holding"]})

    assert "มาตรการที่ ๑" in page.content.decode()
    assert page.context["form"].fields["to_user"].queryset.filter(pk=office.staff.pk).count() == 0
    assert not Handover.objects.exists()


def test_handing_over_leads_to_what_was_handed_over(office, as_person):
    let_administer(office)
    client = as_person(office.clerk)

    answer = client.post(NEW, typed(office))

    handover = Handover.objects.get()
    assert answer["Location"] == reverse("desk:handover", args=[handover.pk])
    page = client.get(answer["Location"]).content.decode()
    assert str(office.finance_staff) in page
    assert reverse("paper:handover_memo", args=[handover.pk]) in page


@pytest.mark.parametrize(
    "changes",
    [
        {"to_user": ""},
        {"to_user": "987654"},
        {"takes_effect_on": "ไม่ใช่วันที่"},
        {"takes_effect_on": (timezone.localdate() - datetime.timedelta(days=2)).isoformat()},
    ],
    ids=["nobody", "a stranger", "no date", "in the past"],
)
def test_what_cannot_be_is_said_over_the_form(office, as_person, changes):
    let_administer(office)

    answer = as_person(office.clerk).post(NEW, typed(office, **changes))

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Handover.objects.exists()


@pytest.mark.parametrize("holding", ["987654", "x", "-1"])
def test_what_is_no_holding_is_not_found(office, as_person, holding):
    let_administer(office)

    assert as_person(office.clerk).get(NEW, {"holding": holding}).status_code == 404


def test_without_a_holding_one_chooses_whose(office, as_person):
    let_administer(office)

    page = as_person(office.clerk).get(NEW)

    assert f"{NEW}?holding={office.staff.holdings.get().pk}" in page.content.decode()


def test_the_old_holder_still_reads_it_while_at_the_office(office, as_person):
    handover = make_handover(office)

    page = as_person(office.staff).get(reverse("desk:handovers"))

    assert list(page.context["page"]) == [handover]
    assert list(as_person(office.head).get(reverse("desk:handovers")).context["page"]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    office, as_person, django_assert_num_queries, count
):
    make_handover(office)
    for number in range(1, count):
        # There and back again.
        people = [office.finance_staff, office.staff]
        giver, receiver = people if number % 2 else people[::-1]
        handovers.hand_over(
            office.staff_post,
            from_user=giver,
            to_user=receiver,
            takes_effect_on=tomorrow() + datetime.timedelta(days=number),
            by=fresh(office.coordinator),
        )
    client = as_person(office.coordinator)

    with django_assert_num_queries(7):
        assert len(client.get(reverse("desk:handovers")).context["page"]) == count
