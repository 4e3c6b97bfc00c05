"""One picture out of a kept file: the same bytes that the reader of the whole file found."""

import io

import openpyxl
import pytest
from openpyxl.drawing.image import Image

from measures.domain.importing import reading
from measures.domain.importing.one_picture import picture_in
from tests.factories.pictures import photograph_with_place
from tests.factories.plan_imports import word_file


def excel_file() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.append(["มาตรการ", "ผลการดำเนินการ"])
    for row in (2, 3):
        picture = io.BytesIO(photograph_with_place(size=(40 + row, 20)))
        workbook.active.add_image(Image(picture), f"B{row}")
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [(word_file(pictures=2), "แผน.docx"), (excel_file(), "แผน.xlsx")],
    ids=["docx", "xlsx"],
)
def test_each_picture_is_the_one_that_reading_the_file_finds(data, name):
    found = reading.read_source(data, name).pictures
    extension = name.rpartition(".")[2]

    assert len(found) == 2
    assert [picture_in(data, extension, key) for key in found] == [
        picture.data for picture in found.values()
    ]
    with pytest.raises(KeyError):
        picture_in(data, extension, "rId999")
