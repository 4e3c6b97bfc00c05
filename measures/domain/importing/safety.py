"""What a file is by its content, and whether it is safe to read: before any library opens it.

Everything here is bounded: a file is looked through as a stream, and what python-docx or openpyxl
would have to hold at once is counted first.
"""

import codecs
import io
import re
import zipfile
from typing import IO
from xml.parsers import expat

from django.conf import settings
from django.utils.translation import gettext as _
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from openpyxl.utils.exceptions import CellCoordinatesException

from measures.domain.errors import Invalid
from measures.domain.filing import office_files
from measures.domain.filing.office_files import Fault
from measures.models import EvidenceKind

_MEGABYTE = 1024 * 1024
# Of XML in one file, unpacked: a report of 500 pages has some 20 MB in 500,000 elements, a sheet
# of 20,000 full rows 40 MB in a million. Word's are held in memory at once, about 200 bytes each.
MOST_XML_BYTES = {EvidenceKind.WORD: 48 * _MEGABYTE, EvidenceKind.SHEET: 128 * _MEGABYTE}
MOST_ELEMENTS = {EvidenceKind.WORD: 1_000_000, EvidenceKind.SHEET: 3_000_000}
# Of the parts beside text and cells: openpyxl makes an object of each style and name.
MOST_ELEMENTS_BESIDE = 150_000
MOST_OTHER_BYTES = 100 * _MEGABYTE  # pictures, unpacked; photographs hardly shrink in a zip
_CHUNK = 64 * 1024  # bytes

# What python-docx, openpyxl and lxml raise for parts that are not what they say.
UNREADABLE = (
    *office_files.BROKEN,
    AttributeError,
    CellCoordinatesException,
    OpcError,
    PythonDocxError,
    SyntaxError,
    TypeError,
)

# The marks of UTF-8, then UTF-16 both ways, as Excel and Notepad write them.
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_HEIC = b"ftyp"  # from the fifth byte on
_RTF = b"{\\rtf"
_WEB_PAGE = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"mime-version:")
_MACROS = "vbaproject.bin"
# Where text and cells stand, by the names that Word, Excel and their like give the parts.
_MAIN = re.compile(r"(?:^word/document|/worksheets/|sharedstrings)[^/]*\.xml$", re.IGNORECASE)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_PLAIN_CONTROLS = "\t\n\r\f\v\x1a"  # \x1a ended files of DOS
_MOST_STRANGE = 0.1  # of the letters of a text without mark, neither Thai nor of the keyboard


def checked_extension(data: bytes, name: str = "") -> str:
    """Return docx, xlsx or csv by what the file holds; raise Invalid with what to do instead.

    ``name``, as uploaded, only helps to say what is wrong. Nothing is unpacked beyond the limits
    above.
    """
    if len(data) > settings.IMPORT_MAX_BYTES:
        raise Invalid(_too_large(settings.IMPORT_MAX_BYTES))
    if not data.strip():
        raise Invalid(_("ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"))
    _refuse_other_kinds(data)
    if data.startswith((office_files.ZIP, office_files.OLE)):
        return office_files.EXTENSIONS[_examined(data)]
    text_of_csv(data)
    return "csv"


def text_of_csv(data: bytes) -> str:
    """Return the text of a csv in UTF-8, UTF-16 or Windows' Thai (TIS-620); else raise Invalid."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\0" in data:
        return _decoded_without_mark(data)
    try:
        return _plain(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decoded(data, "cp874")


def damaged() -> Invalid:
    """Return the refusal of a file that cannot be opened, whatever is wrong with it."""
    return Invalid(
        _(
            "เปิดอ่านไฟล์นี้ไม่ได้ เพราะไฟล์เสียหายหรือมีส่วนที่ไม่ปลอดภัย "
            "โปรดเปิดไฟล์ใน Word หรือ Excel แล้วบันทึกเป็นไฟล์ใหม่ (.docx หรือ .xlsx)"
        )
    )


def _refuse_other_kinds(data: bytes) -> None:
    """Raise Invalid for the kinds of files that people take for a Word or Excel file."""
    if data.startswith(b"%PDF-"):
        raise Invalid(_("อ่านตารางจากไฟล์ PDF ไม่ได้ โปรดใช้ไฟล์ Word (.docx) หรือ Excel (.xlsx) ต้นฉบับ"))
    if data.startswith(_PICTURES) or data[4:8] == _HEIC or data[8:12] == b"WEBP":
        raise Invalid(_("ไฟล์นี้เป็นรูปภาพ อ่านตารางไม่ได้ โปรดใช้ไฟล์ Word (.docx) หรือ Excel (.xlsx) ต้นฉบับ"))
    if data.startswith(_RTF):
        raise Invalid(_("ไฟล์นี้เป็นชนิด RTF แม้ชื่อลงท้ายเป็นอย่างอื่น โปรดเปิดใน Word แล้วเลือก “บันทึกเป็น” .docx"))
    if data.lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower().startswith(_WEB_PAGE):
        raise Invalid(
            _(
                "ไฟล์นี้เป็นหน้าเว็บหรือ XML แม้ชื่อลงท้ายเป็นอย่างอื่น "
                "โปรดเปิดใน Excel หรือ Word แล้วเลือก “บันทึกเป็น” .xlsx หรือ .docx"
            )
        )


def _examined(data: bytes) -> EvidenceKind:
    """Return whether a package is of Word or Excel, once all its parts have been looked through."""
    if _OPEN_DOCUMENT in data[:200]:
        raise Invalid(_("ไฟล์นี้เป็นชนิด OpenDocument โปรดเปิดแล้วเลือก “บันทึกเป็น” .docx หรือ .xlsx"))
    try:
        kind = EvidenceKind(office_files.examine(data, with_text=False).kind)
    except office_files.Unreadable as refusal:
        raise Invalid(_about(refusal.fault)) from refusal
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _look_through(package, kind)
    except office_files.BROKEN as error:
        raise damaged() from error
    return kind


def _look_through(package: zipfile.ZipFile, kind: EvidenceKind) -> None:
    """Refuse entities in any part, and more than the libraries could hold in bounded memory.

    A part counts as XML when it begins like XML, whatever it says of itself: the libraries follow
    the file's references, not the names of the parts. Raises what is in ``office_files.BROKEN``.
    """
    types = office_files.kinds_of_parts(package)
    parts = _Parts(kind)
    for part in package.infolist():
        if part.filename.lower().endswith(_MACROS):
            raise Invalid(_about(Fault.MACROS))
        with package.open(part) as stream:
            start = stream.read(_CHUNK)
            # Drawings may have a document type; nobody parses them here.
            if _is_xml(start) and not types.get(part.filename, "").startswith("image/"):
                parts.parse(start, stream, is_beside=not _MAIN.search(part.filename))
            else:
                parts.skip(part.file_size)


class _Parts:
    """What the parts of a package hold together, against the limits."""

    def __init__(self, kind: EvidenceKind) -> None:
        self._kind = kind
        self._elements = self._most = 0
        self._xml_bytes = 0
        self._other_bytes = 0

    def parse(self, chunk: bytes, stream: IO[bytes], *, is_beside: bool) -> None:
        """Parse a part as a stream, counting; its document type is refused.

        ``is_beside``: it holds neither the text nor the cells.
        """
        most = MOST_ELEMENTS[self._kind]
        if is_beside:
            most = min(most, self._elements + MOST_ELEMENTS_BESIDE)
        self._most = most
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._count
        while chunk:
            self._xml_bytes += len(chunk)
            if self._xml_bytes > MOST_XML_BYTES[self._kind]:
                raise Invalid(_too_large(MOST_XML_BYTES[self._kind]))
            parser.Parse(chunk, False)
            chunk = stream.read(_CHUNK)
        parser.Parse(b"", True)

    def skip(self, size: int) -> None:
        """Count a part that is no XML."""
        self._other_bytes += size
        if self._other_bytes > MOST_OTHER_BYTES:
            raise Invalid(_too_large(MOST_OTHER_BYTES))

    def _refuse(self, *declaration: object) -> None:
        raise damaged()

    def _count(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS[self._kind]:
            raise Invalid(_too_many())
        if self._elements > self._most:
            raise Invalid(
                _(
                    "ไฟล์นี้มีรูปแบบเซลล์หรือชื่อที่กำหนดไว้มากผิดปกติ "
                    "โปรดคัดลอกเฉพาะตารางหรือข้อความที่ใช้ไปวางในไฟล์ใหม่ แล้วนำเข้าไฟล์นั้น"
                )
            )


def _is_xml(start: bytes) -> bool:
    """Return whether a part begins as XML does, in UTF-8 or UTF-16, with or without mark."""
    marks = codecs.BOM_UTF8 + codecs.BOM_UTF16_LE + b"\0 \t\r\n"
    return start.lstrip(marks).startswith(b"<")


def _about(fault: Fault) -> str:
    """Return what to do about a file that is no Word or Excel file, for who wants to import it."""
    if fault == Fault.OLD:
        return _(
            "ไฟล์นี้เป็นชนิดเก่า (.doc, .xls) โปรดเปิดใน Word หรือ Excel แล้วเลือก “บันทึกเป็น” .docx หรือ .xlsx"
        )
    if fault == Fault.LOCKED:
        return _("ไฟล์นี้ติดรหัสผ่าน โปรดเปิดใน Word หรือ Excel แล้วบันทึกเป็นไฟล์ที่ไม่ติดรหัส จึงนำเข้าใหม่")
    if fault == Fault.MACROS:
        return _(
            "ไฟล์นี้มีแมโคร (.docm, .xlsm) จึงรับไม่ได้ โปรดเลือก “บันทึกเป็น” .docx หรือ .xlsx แล้วนำเข้าใหม่"
        )
    if fault == Fault.ARCHIVE:
        return _(
            "ไฟล์นี้เป็นไฟล์บีบอัด (zip) โปรดแตกไฟล์ก่อน แล้วนำเข้าไฟล์ Word (.docx) หรือ Excel (.xlsx) ทีละไฟล์"
        )
    if fault == Fault.OTHER:
        return _("นำเข้าได้เฉพาะไฟล์ Word (.docx) Excel (.xlsx) และ csv โปรดบันทึกเป็นชนิดนั้นก่อน")
    if fault == Fault.TOO_LARGE:
        return _too_large(settings.EVIDENCE_MAX_UNPACKED_BYTES)
    return str(damaged())


def _too_large(most: int) -> str:
    return _("ไฟล์นี้ใหญ่เกินกำหนด %(most)s MB (เมื่อคลายออกแล้ว) โปรดแยกไฟล์หรือลดขนาดภาพในไฟล์") % {
        "most": most // _MEGABYTE
    }


def _too_many() -> str:
    return _(
        "ไฟล์นี้มีแถวหรือเซลล์มากเกินกำหนด (ไม่เกิน %(most)s แถวต่อตาราง) "
        "โปรดลบแถวและคอลัมน์ที่ไม่ใช้ หรือแยกเป็นหลายไฟล์"
    ) % {"most": f"{settings.IMPORT_MAX_ROWS:,}"}


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return _plain(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise Invalid(_not_text()) from error


def _decoded_without_mark(data: bytes) -> str:
    """Return UTF-16 text without its mark; commas and line feeds tell which byte comes first."""
    encoding = "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
    text = _decoded(data, encoding)
    strange = sum(not ("\t" <= letter <= "~" or "\u0e00" <= letter <= "\u0e7f") for letter in text)
    if strange > len(text) * _MOST_STRANGE:
        raise Invalid(_not_text())
    return text


def _plain(text: str) -> str:
    """Return the text, or raise Invalid where it holds control characters: it is no text then."""
    if any(letter < " " and letter not in _PLAIN_CONTROLS for letter in set(text)):
        raise Invalid(_not_text())
    return text


def _not_text() -> str:
    return _("ไม่รู้จักไฟล์นี้ โปรดใช้ไฟล์ Word (.docx) Excel (.xlsx) หรือ csv ที่บันทึกเป็น UTF-8")
