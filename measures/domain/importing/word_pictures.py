"""The pictures in a Word file: their bytes as they are, each once however often it is shown."""

from typing import Any

from docx.opc.part import Part

from measures.domain.importing.sources import Picture

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"\x01\0\0\0", "emf"),
)


def extension_of(data: bytes, name: str) -> str:
    """Return what a picture is by its content, or by its name where the content does not say."""
    for start, extension in _MAGIC:
        if data.startswith(start):
            return extension
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    ending = name.rpartition(".")[2].lower()
    return "jpeg" if ending == "jpg" else ending


class Pictures:
    """The pictures that the body refers to, by relationship."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self.found: dict[str, Picture] = {}

    def key_of(self, element: Any, where: str) -> str | None:
        """Return the key of the picture that ``a:blip`` or ``v:imagedata`` shows.

        Empty where the element shows none; None where the picture is not in the file.
        """
        key: str = element.get(_R + "embed") or element.get(_R + "id") or ""
        if not key:
            return None if element.get(_R + "link") else ""
        if key in self.found:
            return key
        relationship = self._part.rels.get(key)
        if relationship is None or relationship.is_external:
            return None
        target = relationship.target_part
        data = target.blob
        self.found[key] = Picture(key, data, extension_of(data, str(target.partname)), where)
        return key
