"""Entries and evidence."""

from typing import Any

from measures.domain.recording.progress import entries_of
from tests.factories.evidence import attach
from tests.factories.people import Office
from tests.factories.pictures import photograph_with_place
from tests.measures.views.matrix.rows import Row, answers

FINANCE_ONLY = "รายการนี้เป็นของกองคลัง เฉพาะเจ้าหน้าที่ของส่วนราชการนั้นหรือผู้ประสานงานจึงบันทึกได้"


def entry_of_finance(office: Office) -> list[Any]:
    return [entry.pk for entry in entries_of(office.round) if entry.division == office.finance][:1]


def photograph_of_finance(office: Office) -> list[Any]:
    entry = next(entry for entry in entries_of(office.round) if entry.division == office.finance)
    return [attach(entry, by=office.finance_staff, data=photograph_with_place()).pk]


ROWS = {
    "desk:entry": Row(
        entry_of_finance,
        get=answers(200),
        post=answers(403, finance_staff=302, coordinator=302, superuser=302),
        typed={"version": "0", "status": "done", "result": "จัดประชุมแล้ว"},
        reason=FINANCE_ONLY,
    ),
    "desk:evidence_add": Row(
        entry_of_finance,
        post=answers(403, finance_staff=302, coordinator=302, superuser=302),
        typed={"caption": "ข่าว", "url": "https://example.go.th/news"},
        reason=FINANCE_ONLY,
    ),
    "desk:evidence_remove": Row(
        photograph_of_finance,
        post=answers(403, finance_staff=302, coordinator=302, superuser=302),
        reason=FINANCE_ONLY,
    ),
    "desk:evidence_file": Row(photograph_of_finance, get=answers(200)),
}
