"""Pictures and colour profiles of the parts: each kept once, and as PDF/A wants them."""

import hashlib

from pikepdf import Array, Dictionary, Name, Object, Page, Stream

Key = tuple[bytes, bytes]


class Pictures:
    """The pictures and colour profiles seen so far, by what they hold.

    Fonts stay with their part: each part embeds its own selection of signs.
    """

    def __init__(self) -> None:
        self._seen: dict[Key, Object] = {}

    def share_on(self, page: Page) -> None:
        """Put known streams in place of equal ones in the resources of a page.

        All pages of a part have one set of resources, so the first page stands for them all.
        """
        pictures = _pictures_on(page)
        for name, picture in pictures.items():
            if picture.get("/Subtype") == Name.Image:
                pictures[name] = self._first_like(picture)
        for space in page.obj.Resources.get("/ColorSpace", Dictionary()).values():
            if isinstance(space, Array) and space[0] == Name.ICCBased:
                space[1] = self._first_like(space[1])

    def _first_like(self, stream: Object) -> Object:
        return self._seen.setdefault(_key(stream), stream)


def forbid_smoothing(page: Page) -> None:
    """Clear the flag Interpolate, which WeasyPrint sets and ISO 19005-3 (6.2.8) forbids."""
    for picture in _pictures_on(page).values():
        for image in (picture, picture.get("/SMask")):
            if image is not None and "/Interpolate" in image:
                image["/Interpolate"] = False


def _pictures_on(page: Page) -> Object:
    return page.obj.Resources.get("/XObject", Dictionary())


def _key(stream: Object) -> Key:
    """Return what two streams have in common if they are the same, masks included."""
    about: list[bytes] = []
    for name in sorted(stream.keys()):
        value = stream[name]
        about.append(name.encode())
        about.extend(_key(value) if isinstance(value, Stream) else [repr(value).encode()])
    return hashlib.sha256(stream.read_raw_bytes()).digest(), b"\n".join(about)
