"""The inbox and what comes by mail: everybody their own."""

from typing import Any

from measures.models import NoticeKind
from measures.notifications import tell
from tests.factories.people import Office
from tests.measures.views.matrix.rows import WITHOUT_POST, Row, answers, nothing

OWN = answers(302, outsider=302, **WITHOUT_POST)


def tell_everybody(office: Office) -> list[Any]:
    people = [*office.chain, office.staff, office.finance_staff]
    elsewhere = office.outsider.holdings.get().post.organisation
    for organisation, told in ((office.organisation, people), (elsewhere, [office.outsider])):
        tell(
            told,
            organisation=organisation,
            kind=NoticeKind.YOUR_TURN,
            key="occasion",
            subject="รอท่านพิจารณา",
            body="ข้อความ",
            path="/desk/",
        )
    return []


def notice_of_finance(office: Office) -> list[Any]:
    tell_everybody(office)
    return [office.finance_staff.notices.get().pk]


ROWS = {
    "desk:inbox": Row(tell_everybody, get=answers(200, outsider=200, postless=200)),
    "desk:inbox_read_all": Row(tell_everybody, post=OWN),
    "desk:inbox_read": Row(notice_of_finance, post=answers(404, finance_staff=302)),
    "desk:notice_settings": Row(
        nothing,
        get=answers(200, outsider=200, **WITHOUT_POST),
        post=OWN,
        typed={"mailed_kinds": "returned", "line_user_id": ""},
    ),
}
