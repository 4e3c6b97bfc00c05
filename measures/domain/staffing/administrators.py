"""An office is never left without somebody who administers its accounts and posts."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.thai.dates import full_date
from measures.domain.errors import Invalid
from measures.models import Organisation, PostHolding

ONE_DAY = datetime.timedelta(days=1)


def first_day_without(organisation: Organisation) -> datetime.date | None:
    """Return the first day, from today on, on which nobody administers; None where there is none.

    An account that is switched off administers nothing.
    """
    day = timezone.localdate()
    spans = (
        PostHolding.objects.filter(
            post__organisation=organisation, post__administers=True, user__is_active=True
        )
        .order_by("starts_on")
        .values_list("starts_on", "ends_on")
    )
    for starts_on, ends_on in spans:
        if starts_on > day:
            break
        if ends_on is None:
            return None
        day = max(day, ends_on + ONE_DAY)
    return day


@contextmanager
def kept(organisation: Organisation) -> Iterator[None]:
    """Refuse what is done inside where it leaves the office unadministered sooner than before.

    Stand inside a transaction that holds the organisation: the refusal (Invalid) takes back what
    was done.
    """
    before = first_day_without(organisation)
    yield
    after = first_day_without(organisation)
    if after is not None and (before is None or after < before):
        raise Invalid(
            _("ตั้งแต่%(day)sจะไม่มีผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเหลืออยู่ โปรดให้ผู้อื่นดำรงตำแหน่งที่ดูแลบัญชีก่อน")
            % {"day": _("วันที่ %(day)s") % {"day": full_date(after)}}
        )
