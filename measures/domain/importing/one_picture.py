"""One picture out of a kept file, without reading the rest: a page shows many, each on its own."""

import io
import zipfile

from measures.domain.importing.sheet_pictures import references_of


def picture_in(data: bytes, extension: str, key: str) -> bytes:
    """Return the bytes of the picture that the reader of the file called ``key``.

    The file has been checked and read whole when it was uploaded. Raises KeyError where it has no
    such picture.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if extension == "xlsx":  # called by its part
            return package.read(key)
        names = set(package.namelist())
        documents = [
            part
            for kind, part in references_of(package, "", names).values()
            if kind.endswith("/officeDocument")
        ]
        shown = references_of(package, documents[0], names) if documents else {}
        _kind, part = shown[key]  # called by the document's reference to it
        return package.read(part)
