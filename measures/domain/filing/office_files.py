"""Word and Excel files: what they are by their content, and the text in them.

ECMA-376 part 2: a zip of parts, whose kinds stand in ``[Content_Types].xml``. It is our own
because python-docx and openpyxl hold a whole file in memory before they can be asked how large it
is, and leave out text boxes, notes and comments.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from xml.parsers import expat

from django.conf import settings
from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.models import EvidenceKind

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of .doc and .xls, and of locked .docx and .xlsx
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_ENTRY = b"PK\x01\x02"  # before each entry in the directory of a zip

CONTENT_TYPES = "[Content_Types].xml"
_FORMAT = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    f"{_FORMAT}wordprocessingml.document.main+xml": EvidenceKind.WORD,
    f"{_FORMAT}spreadsheetml.sheet.main+xml": EvidenceKind.SHEET,
}
EXTENSIONS = {EvidenceKind.WORD: "docx", EvidenceKind.SHEET: "xlsx"}
# The ends of the kinds of parts in which people write.
_WITH_TEXT = tuple(
    f".{kind}+xml"
    for kind in (
        "document.main",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
        "sharedStrings",
        "worksheet",
    )
)

MOST_PARTS = 10_000  # in one file; the thickest report with pictures has some hundreds
_CHUNK = 64 * 1024  # bytes
# What zipfile and expat raise for files that are broken on purpose or by accident.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,  # no such part; an encoding that nobody knows
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Fault(StrEnum):
    """Why a file is no Word or Excel file that can be read."""

    OLD = "old"  # .doc, .xls
    LOCKED = "locked"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    ARCHIVE = "archive"  # a zip of something else
    MACROS = "macros"
    OTHER = "other"  # slides, drawings


class Unreadable(Invalid):
    """The file is refused. ``fault`` is for those who word it for their own page."""

    def __init__(self, fault: Fault, reason: str) -> None:
        self.fault = fault
        super().__init__(reason)


@dataclass(frozen=True)
class OfficeFile:
    """What a Word or Excel file holds."""

    kind: EvidenceKind
    text: str


def examine(data: bytes, *, with_text: bool = True) -> OfficeFile:
    """Return kind and text of a .docx or .xlsx, or raise Unreadable with what to do instead.

    Old formats, locked files, macros, other zips and zip bombs are refused. Never unpacks more
    than the settings allow. ``with_text`` False leaves the text "": half the time of a long sheet,
    for those who look through its parts themselves.
    """
    if data.startswith(OLE):
        raise _about_old_format(data)
    if data.count(_ENTRY) > MOST_PARTS:  # before the directory itself fills the memory
        raise _too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _examine_package(package, with_text)
    except BROKEN as error:
        raise Unreadable(
            Fault.BROKEN,
            _("ไฟล์ Word หรือ Excel นี้เสียหาย เปิดอ่านไม่ได้ โปรดบันทึกใหม่หรือบันทึกเป็น PDF แล้วแนบอีกครั้ง"),
        ) from error


def _examine_package(package: zipfile.ZipFile, with_text: bool) -> OfficeFile:
    if sum(part.file_size for part in package.infolist()) > settings.EVIDENCE_MAX_UNPACKED_BYTES:
        raise _too_large()
    if CONTENT_TYPES not in package.namelist():
        raise Unreadable(
            Fault.ARCHIVE,
            _("แนบไฟล์บีบอัด (zip) ไม่ได้ โปรดแตกไฟล์แล้วแนบทีละไฟล์ หรือบันทึกเป็น PDF"),
        )
    kinds = kinds_of_parts(package)
    if any("macroenabled" in kind or kind.endswith("vbaproject") for kind in kinds.values()):
        raise Unreadable(
            Fault.MACROS,
            _("ไฟล์นี้มีแมโคร (.docm, .xlsm) จึงรับไม่ได้ โปรดบันทึกเป็น .docx .xlsx หรือ PDF แล้วแนบใหม่"),
        )
    by_lower_case = {name.lower(): kind for name, kind in MAIN_PARTS.items()}
    main = [by_lower_case[kind] for kind in kinds.values() if kind in by_lower_case]
    if len(main) != 1:
        raise Unreadable(
            Fault.OTHER,
            _("รับไฟล์สำนักงานเฉพาะ Word (.docx) และ Excel (.xlsx) โปรดบันทึกเป็นชนิดนั้นหรือ PDF แล้วแนบใหม่"),
        )
    text = _Text()
    parts = kinds.items() if with_text else ()
    for name, kind in parts:
        # A part that is named and missing is damage: KeyError.
        if kind.endswith(tuple(end.lower() for end in _WITH_TEXT)):
            text.read(package, name)
    return OfficeFile(main[0], text.collected())


def kinds_of_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the content type of each part that is named, in lower case as types are compared."""
    kinds: dict[str, str] = {}
    by_ending: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        if name == "Override":
            kinds[attributes.get("PartName", "").lstrip("/")] = kind
        elif name == "Default":
            by_ending[attributes.get("Extension", "").lower()] = kind

    parse(package, CONTENT_TYPES, start=start)
    # A default counts for the parts without a kind of their own.
    for name in package.namelist():
        ending = name.rpartition(".")[2].lower()
        if name not in kinds and ending in by_ending:
            kinds[name] = by_ending[ending]
    return kinds


class _Text:
    """The text of several parts, up to the limit of the settings."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._left: int = settings.EVIDENCE_MAX_TEXT
        self._is_text = False
        self._is_shared = False  # the cell holds the number of a shared text, not a number

    def collected(self) -> str:
        """Return what has been read so far."""
        return "".join(self._pieces).strip()

    def read(self, package: zipfile.ZipFile, name: str) -> None:
        """Read one part: its texts, and the numbers in cells."""
        parse(
            package,
            name,
            start=self._start,
            end=self._end,
            characters=self._characters,
            is_enough=lambda: self._left <= 0,
        )
        self._is_text = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._is_shared = attributes.get("t") == "s"
        self._is_text = name == "t" or (name == "v" and not self._is_shared)

    def _end(self, name: str) -> None:
        self._is_text = False
        if name in ("p", "row", "si", "br"):
            self._add("\n")
        elif name in ("tab", "c"):
            self._add("\t")

    def _characters(self, characters: str) -> None:
        if self._is_text:
            self._add(characters)

    def _add(self, characters: str) -> None:
        self._pieces.append(characters[: max(self._left, 0)])
        self._left -= len(characters)


def parse(
    package: zipfile.ZipFile,
    name: str,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] = lambda name: None,
    characters: Callable[[str], None] = lambda text: None,
    is_enough: Callable[[], bool] = lambda: False,
) -> None:
    """Read a part as XML, telling elements by their names without namespace.

    A document type is refused, as ECMA-376 part 2, 6.2.5 does: it is the way to make a short text
    endless. Raises what is in BROKEN.
    """

    def refuse(*declaration: object) -> None:
        raise ValueError("a part with a document type")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: start(_local(tag), attributes)
    parser.EndElementHandler = lambda tag: end(_local(tag))
    parser.CharacterDataHandler = characters
    with package.open(name) as part:
        while not is_enough():
            chunk = part.read(_CHUNK)
            parser.Parse(chunk, not chunk)
            if not chunk:
                return


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


def _about_old_format(data: bytes) -> Unreadable:
    if _LOCKED in data:
        return Unreadable(
            Fault.LOCKED,
            _("ไฟล์ Word หรือ Excel นี้ติดรหัสผ่าน โปรดบันทึกเป็นไฟล์ที่ไม่ติดรหัสแล้วแนบใหม่"),
        )
    return Unreadable(
        Fault.OLD,
        _("ไฟล์นี้เป็นชนิดเก่า (.doc, .xls) โปรดเปิดแล้วเลือก “บันทึกเป็น” .docx .xlsx หรือ PDF แล้วแนบไฟล์ใหม่"),
    )


def _too_large() -> Unreadable:
    return Unreadable(
        Fault.TOO_LARGE,
        _("ไฟล์ Word หรือ Excel นี้คลายออกแล้วใหญ่เกินกำหนด %(most)s MB โปรดแยกไฟล์หรือบันทึกเป็น PDF")
        % {"most": settings.EVIDENCE_MAX_UNPACKED_BYTES // (1024 * 1024)},
    )
