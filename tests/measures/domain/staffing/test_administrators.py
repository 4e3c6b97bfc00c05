"""From which day nobody would administer the office; gaps count, accounts that are off do not."""

import datetime

import pytest
from django.utils import timezone

from measures.domain.errors import Invalid
from measures.domain.staffing import administrators
from measures.models import PostHolding
from tests.factories.organisations import make_organisation, make_post
from tests.factories.people import hold, make_user

pytestmark = pytest.mark.django_db

ONE_DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("spans", "first_day_without"),
    [
        ([], 0),
        ([(-9, None)], None),
        ([(-9, -1)], 0),
        ([(-9, 0)], 1),
        ([(-9, 5)], 6),
        ([(-9, 5), (6, None)], None),
        ([(-9, 5), (7, None)], 6),  # one day between them
        ([(-9, 5), (2, 8)], 9),
        ([(-9, 20), (2, 8)], 21),
        ([(1, None)], 0),
    ],
)
def test_first_day_on_which_nobody_administers(spans, first_day_without):
    today = timezone.localdate()
    post = make_post(make_organisation(), administers=True)
    for starts, ends in spans:
        hold(
            post,
            make_user(),
            starts_on=today + starts * ONE_DAY,
            ends_on=None if ends is None else today + ends * ONE_DAY,
        )

    found = administrators.first_day_without(post.organisation)

    assert found == (None if first_day_without is None else today + first_day_without * ONE_DAY)


def test_accounts_that_are_off_and_other_offices_do_not_count():
    post = make_post(make_organisation(), administers=True)
    hold(post, make_user(is_active=False))
    hold(make_post(make_organisation(), administers=True), make_user())

    assert administrators.first_day_without(post.organisation) == timezone.localdate()


def test_office_that_nobody_administers_yet_can_still_be_changed():
    organisation = make_organisation()

    with administrators.kept(organisation):
        make_post(organisation, "นิติกร")

    assert organisation.posts.count() == 1


def test_what_would_leave_it_alone_is_refused():
    post = make_post(make_organisation(), administers=True)
    hold(post, make_user())

    with pytest.raises(Invalid), administrators.kept(post.organisation):
        PostHolding.objects.update(ends_on=timezone.localdate())
