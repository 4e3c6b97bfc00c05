"""A handover in a small office, by its verb."""

import datetime

from django.utils import timezone

from measures.domain.staffing import handovers
from measures.models import Handover
from tests.factories.flow import fresh
from tests.factories.people import Office


def let_administer(office: Office) -> None:
    """Let the coordinator's and the clerk's posts administer: no office is ever without one."""
    for post in (office.coordinator_post, office.clerk_post):
        post.administers = True
        post.save()


def tomorrow() -> datetime.date:
    """Return the day after today."""
    return timezone.localdate() + datetime.timedelta(days=1)


def make_handover(office: Office) -> Handover:
    """Hand the post of the secretariat's staff to the one of finance, from tomorrow on."""
    let_administer(office)
    return handovers.hand_over(
        office.staff_post,
        from_user=office.staff,
        to_user=office.finance_staff,
        takes_effect_on=tomorrow(),
        by=fresh(office.coordinator),
    )
