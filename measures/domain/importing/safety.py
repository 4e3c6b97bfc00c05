"""What a file is by its content, and whether it is safe to read: before any library opens it."""

import codecs

from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.filing import office_files
from measures.models import EvidenceKind

_PDF = b"%PDF-"
# The marks of UTF-8, then UTF-16 both ways, as Excel and Notepad write them.
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def checked_extension(data: bytes) -> str:
    """Return docx, xlsx or csv by what the file holds; raise Invalid with what to do instead."""
    if data.startswith(_PDF):
        raise Invalid(_("อ่านตารางจากไฟล์ PDF ไม่ได้ โปรดใช้ไฟล์ Word (.docx) หรือ Excel (.xlsx) ต้นฉบับ"))
    if data.startswith((office_files.ZIP, office_files.OLE)):
        kind = office_files.examine(data).kind
        return office_files.EXTENSIONS[EvidenceKind(kind)]
    text_of_csv(data)
    return "csv"


def text_of_csv(data: bytes) -> str:
    """Return the text of a csv in UTF-8, UTF-16 or Windows' Thai (TIS-620); else raise Invalid."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\0" in data:
        raise Invalid(_not_text())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp874")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Invalid(_not_text()) from error


def _not_text() -> str:
    return _("ไม่รู้จักไฟล์นี้ โปรดใช้ไฟล์ Word (.docx) Excel (.xlsx) หรือ csv ที่บันทึกเป็น UTF-8")
