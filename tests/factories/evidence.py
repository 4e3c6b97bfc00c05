"""Evidence as it is once its task has run; tests in one transaction never reach its end."""

import io
import zipfile

from django.core.files.base import ContentFile

from measures.domain.filing import evidence, preparation
from measures.models import Evidence, ProgressEntry, User

WORD = "wordprocessingml.document.main"
SHEET = "spreadsheetml.sheet.main"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def attach(
    entry: ProgressEntry,
    *,
    by: User,
    data: bytes,
    name: str = "photo.jpg",
    caption: str = "ภาพการประชุม",
) -> Evidence:
    """Attach a file by the verb and let its task run."""
    piece = evidence.attach_file(entry, by=by, upload=ContentFile(data, name=name), caption=caption)
    return preparation.prepare(piece)


def package(kind: str, parts: dict[str, str], *, types: str = "") -> bytes:
    """Return an office file of ``kind`` (WORD, SHEET or another main part) with these parts."""
    main = next(iter(parts), "missing.xml")
    declared = (
        '<?xml version="1.0"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType='
        f'"application/vnd.openxmlformats-officedocument.{kind}+xml"/>{types}</Types>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", declared)
        for part, text in parts.items():
            file.writestr(part, text)
    return buffer.getvalue()


def word(*paragraphs: str) -> bytes:
    """Return a .docx of these paragraphs and nothing else."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return package(WORD, {"word/document.xml": document})
