"""Round kits: made by who reports, returned by who reports, read by the office."""

from typing import Any

from tests.factories.people import Office
from tests.factories.round_kits import kit_of, returned
from tests.measures.views.matrix.rows import COORDINATES, WITHOUT_POST, Row, answers, nothing

OF_FINANCE = "รายการนี้เป็นของกองคลัง เฉพาะเจ้าหน้าที่ของส่วนราชการนั้นหรือผู้ประสานงานจึงบันทึกได้"
OF_SECRETARIAT = OF_FINANCE.replace("กองคลัง", "สำนักปลัด")
REPORTS = {"finance_staff": 200, "staff": 200, "coordinator": 200, "superuser": 200}


def made(office: Office) -> list[Any]:
    return [kit_of(office).pk]


def with_kits(office: Office) -> list[Any]:
    kit_of(office)
    return [office.round.pk]


def came_back(office: Office) -> list[Any]:
    return [returned(office, {(1, "result"): "จากไฟล์"}).pk]


def seen(arguments: list[Any]) -> dict[str, str]:
    return {"version-1": "0"}


ROWS = {
    "desk:round_kits": Row(
        with_kits, get=answers(200), post=COORDINATES, typed={"division": "all"}
    ),
    "desk:round_kits_zip": Row(with_kits, get=answers(403, coordinator=200, superuser=200)),
    "desk:kits": Row(
        nothing,
        get=answers(200, outsider=200) | WITHOUT_POST,
        post=answers(422, outsider=422) | WITHOUT_POST,
        names_no_record=True,
    ),
    "desk:round_kit": Row(made, get=answers(200)),
    "desk:kit_return": Row(
        with_kits,
        get=answers(403, **REPORTS),
        post=answers(403, **dict.fromkeys(REPORTS, 422)),
        reason=OF_SECRETARIAT,
    ),
    "desk:kit_import": Row(
        came_back,
        get=answers(403, coordinator=200, superuser=200),
        post=COORDINATES,
        typed_from=seen,
    ),
    "desk:kit_import_discard": Row(came_back, post=COORDINATES),
}
