"""Keeping bytes under a name made from their own hash."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def keep(path: str, data: bytes) -> str:
    """Store ``data`` at ``path`` and return the path; the same bytes are kept once.

    A name may be left over from a transaction that failed. Whole, it is used again; half written,
    it is replaced: no row of the database can rightly point at it.
    """
    if default_storage.exists(path):
        with default_storage.open(path, "rb") as leftover:
            is_whole = leftover.read() == data
        if is_whole:
            return path
        default_storage.delete(path)
    return default_storage.save(path, ContentFile(data))


def drop_folder(path: str) -> None:
    """Delete the files directly in a folder, such as the pictures of a PDF that is gone."""
    try:
        _folders, names = default_storage.listdir(path)
    except FileNotFoundError:  # nobody has looked at it
        return
    for name in names:
        default_storage.delete(f"{path}/{name}")
    default_storage.delete(path)
