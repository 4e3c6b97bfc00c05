"""Sheets at the desk: the coordinator's own office, the administrator's all offices."""

from typing import Any

from measures.models import FileImport
from measures.resources import SHEETS, sheet_imports, workbooks
from measures.resources.sheet_imports import preview_in
from tests.factories.people import Office
from tests.measures.views.matrix.rows import COORDINATES, Row, answers, nothing

MANAGES = answers(403, coordinator=200, outsider=200, superuser=200)


def measures_sheet(office: Office) -> list[Any]:
    return ["measures"]


def staged(office: Office) -> list[Any]:
    resource = SHEETS["measures"](user=office.coordinator, office=office.organisation)
    stored = workbooks.csv_of(resource, resource.own_rows()).decode("utf-8-sig")
    changed = stored.replace(office.measures[0].title, "ชื่อที่แก้ในไฟล์")
    return [sheet_imports.stage(changed.encode(), name="มาตรการ.csv", resource=resource).pk]


def seen(arguments: list[Any]) -> dict[str, str]:
    preview = preview_in(FileImport.objects.get(pk=arguments[0]))
    assert preview is not None
    return {"seen": preview.fingerprint}


ROWS = {
    "desk:sheets": Row(nothing, get=MANAGES),
    "desk:sheet_import_new": Row(
        measures_sheet,
        get=MANAGES,
        post=answers(403, coordinator=422, outsider=422, superuser=422),
        names_no_record=True,
    ),
    "desk:sheet_export": Row(
        lambda office: ["measures", "xlsx"], get=MANAGES, names_no_record=True
    ),
    "desk:sheet_import": Row(staged, get=answers(403, coordinator=200, superuser=200)),
    "desk:sheet_import_confirm": Row(staged, post=COORDINATES, typed_from=seen),
    "desk:sheet_import_discard": Row(staged, post=COORDINATES),
}
