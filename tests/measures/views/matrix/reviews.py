"""Links for readers outside, given and taken back at the desk."""

import datetime
from typing import Any

from django.utils import timezone

from measures.domain.publishing import reviews
from measures.models import DocumentState
from tests.factories.flow import make_draft
from tests.factories.people import Office
from tests.measures.views.matrix.documents import document_in
from tests.measures.views.matrix.rows import DECIDES_AS_COORDINATOR, Row, answers


def link_of_draft(office: Office) -> list[Any]:
    link, _secret = reviews.make_link(
        make_draft(office),
        reviewer="ที่ว่าการอำเภอสมมติ",
        expires_at=timezone.now() + datetime.timedelta(days=7),
        by=office.coordinator,
    )
    return [link.pk]


def until_next_week(arguments: list[Any]) -> dict[str, str]:
    day = timezone.localdate() + datetime.timedelta(days=7)
    return {"reviewer": "ที่ว่าการอำเภอสมมติ", "expires_on": day.isoformat()}


ROWS = {
    "desk:review_link_make": Row(
        document_in(DocumentState.DRAFT), post=DECIDES_AS_COORDINATOR, typed_from=until_next_week
    ),
    "desk:review_link": Row(link_of_draft, get=answers(403, coordinator=200, superuser=200)),
    "desk:review_link_revoke": Row(link_of_draft, post=DECIDES_AS_COORDINATOR),
}
