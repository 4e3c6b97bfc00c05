"""Word files made of markup, for what python-docx cannot write: merges, changes, lists."""

import io

import docx
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from measures.domain.importing.sources import Source, Table
from measures.domain.importing.word_reading import read_word

_NAMESPACES = (
    nsdecls("w", "r", "a", "pic", "wp")
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def paragraph(text: str, *, properties: str = "") -> str:
    """Return the markup of a paragraph of one run."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def cell(text: str = "", *, properties: str = "") -> str:
    """Return the markup of a table cell of one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return the markup of a table row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    """Return the markup of a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def file_of(
    *blocks: str, lists: str = "", styles: str = "", pictures: tuple[bytes, ...] = ()
) -> bytes:
    """Return a .docx with these blocks, list definitions and styles.

    Blocks refer to the pictures as PICTURE0, PICTURE1 …
    """
    document = docx.Document()
    markup = "".join(blocks)
    for number, data in enumerate(pictures):
        key, _image = document.part.get_or_add_image(io.BytesIO(data))
        markup = markup.replace(f"PICTURE{number}", key)
    body = document.element.body
    for element in _parsed(markup):
        body.insert(len(body) - 1, element)
    numbering = document.part.numbering_part.element
    for definition in _parsed(lists):
        is_abstract = definition.tag.endswith("abstractNum")
        numbering.insert(0 if is_abstract else len(numbering), definition)
    for style in _parsed(styles):
        document.styles.element.append(style)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(
    *blocks: str, lists: str = "", styles: str = "", pictures: tuple[bytes, ...] = ()
) -> Source:
    """Return what is read of a .docx with these blocks."""
    return read_word(file_of(*blocks, lists=lists, styles=styles, pictures=pictures))


def texts_of(table: Table) -> list[list[str]]:
    """Return the texts of the cells, a merged cell's only where it begins, elsewhere a dot."""
    return [
        [
            cell.text() if table.is_origin(number, column) else "."
            for column, cell in enumerate(cells)
        ]
        for number, cells in enumerate(table.rows)
    ]


def _parsed(markup: str):
    return list(parse_xml(f"<w:x {_NAMESPACES}>{markup}</w:x>"))
