"""The office's thresholds: who sets them, what can stand, and what is weak by them."""

from decimal import Decimal

import pytest

from measures.domain.analysing.thresholds import set_thresholds, severity_of
from measures.domain.errors import Invalid
from measures.models import Event, Organisation, Severity
from measures.permissions import NotAllowed

pytestmark = pytest.mark.django_db


def stored(office):
    return Organisation.objects.values_list("fix_at_once_below", "improve_below").get(
        pk=office.organisation.pk
    )


def put(office, at_once, improve, by=None):
    return set_thresholds(
        office.organisation,
        fix_at_once_below=Decimal(at_once),
        improve_below=Decimal(improve),
        by=by or office.coordinator,
    )


def test_an_office_starts_with_85_for_both(office):
    assert stored(office) == (Decimal(85), Decimal(85))


def test_the_coordinator_sets_them_and_the_log_has_both_figures(office):
    put(office, "70", "85.5")
    put(office, "70.00", "85.50")  # says the same

    assert stored(office) == (Decimal(70), Decimal("85.5"))
    event = office.organisation.events.get()
    assert (event.verb, event.data) == (
        "thresholds_set",
        {
            "before": {"fix_at_once_below": "85.00", "improve_below": "85.00"},
            "after": {"fix_at_once_below": "70.00", "improve_below": "85.50"},
        },
    )


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_others_do_not(office, who):
    with pytest.raises(NotAllowed):
        put(office, "70", "80", by=getattr(office, who))

    assert (stored(office), Event.objects.count()) == ((Decimal(85), Decimal(85)), 0)


@pytest.mark.parametrize(
    ("at_once", "improve", "says"),
    [
        ("90", "85", "ต้องไม่สูงกว่า"),
        ("-1", "85", "ระหว่าง 0 ถึง 100"),
        ("85", "100.01", "ระหว่าง 0 ถึง 100"),
        ("NaN", "85", "ระหว่าง 0 ถึง 100"),
        ("80.001", "85", "ทศนิยม"),
    ],
)
def test_what_cannot_stand_is_refused(office, at_once, improve, says):
    with pytest.raises(Invalid, match=says):
        put(office, at_once, improve)

    assert (stored(office), Event.objects.count()) == ((Decimal(85), Decimal(85)), 0)


@pytest.mark.parametrize(
    ("score", "severity"),
    [
        ("69.99", Severity.FIX_AT_ONCE),
        ("70.00", Severity.IMPROVE),
        ("84.99", Severity.IMPROVE),
        ("85.00", None),
    ],
)
def test_a_score_at_the_threshold_is_not_under_it(score, severity):
    office = Organisation(fix_at_once_below=Decimal(70), improve_below=Decimal(85))

    assert severity_of(Decimal(score), office) == severity
