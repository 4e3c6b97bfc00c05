"""The file: what it says of itself, and the same bytes for the same document."""

import datetime as dt
import io
import zipfile

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.rendering.word.styles import LANGUAGE

NEWEST_LAYOUT = "15"  # of Word; without it Word opens the file in a compatibility mode
LONGEST_PROPERTY = 255  # characters, by the standard
# Of the template of python-docx: a preview of an empty page, and what Word never reads.
NOT_OURS = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)


def name_properties(
    document: Document, *, title: str, subject: str, author: str, dated: dt.date | None
) -> None:
    """Write title, subject, author and day; nothing of the machine or the day it was made."""
    properties = document.core_properties
    properties.title = title[:LONGEST_PROPERTY]
    properties.subject = subject[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = author[:LONGEST_PROPERTY]
    properties.comments = ""
    properties.language = LANGUAGE
    moment = dt.datetime.combine(dated, dt.time()) if dated else None
    for name in ("created", "modified"):
        if moment:
            setattr(properties, name, moment)
        else:
            element = properties._element.find(qn(f"dcterms:{name}"))
            properties._element.remove(element)


def clear(document: Document) -> None:
    """Take out what the template brings along, and set the language of the whole file."""
    for relations in (document.part.package.rels, document.part.rels):
        for identifier in [key for key, each in relations.items() if each.reltype in NOT_OURS]:
            del relations[identifier]
    settings = document.settings.element
    for tag in ("w:zoom", "w:proofState", "w:savePreviewPicture", "w:rsids"):
        for element in settings.findall(qn(tag)):
            settings.remove(element)
    for element in settings.iter(qn("w:compatSetting")):
        if element.get(qn("w:name")) == "compatibilityMode":
            element.set(qn("w:val"), NEWEST_LAYOUT)
    for element in settings.iter(qn("w:themeFontLang")):
        settings.replace(
            element,
            OxmlElement("w:themeFontLang", {qn("w:val"): LANGUAGE, qn("w:bidi"): LANGUAGE}),
        )


def bytes_of(document: Document) -> bytes:
    """Return the file; packed without the time of day, so that the same text is the same file."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name)  # dated 1 January 1980
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return packed.getvalue()
