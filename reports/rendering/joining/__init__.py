"""Parts of one long document joined into one tagged PDF.

A long document is drawn in parts by several processes, each part a tagged PDF of WeasyPrint's.
Here the parts become one file with one tag tree, one list of bookmarks and one set of names; the
page furniture (numbers, catchwords, code and QR), drawn for all pages at once, is laid over them;
and the pages of evidence files take the places that were kept for them.
"""

import io
from collections.abc import Mapping, Sequence
from contextlib import ExitStack

import pikepdf

from reports.rendering.joining import attachments, links, structure
from reports.rendering.joining.evidence import (
    EvidencePage,
    UnreadablePdf,
    pages_in,
    placeholder_png,
    put_in_place,
)
from reports.rendering.joining.furniture import lay_over
from reports.rendering.joining.pictures import Pictures, forbid_smoothing

__all__ = ["EvidencePage", "UnreadablePdf", "joined", "pages_in", "placeholder_png"]


def joined(
    parts: Sequence[bytes],
    *,
    furniture: bytes | None = None,
    evidence: Mapping[int, EvidencePage] | None = None,
) -> bytes:
    """Return the parts as one PDF; the same parts give the same bytes in any process, on any day.

    Each part is a tagged PDF as WeasyPrint writes it, not one that was joined before. Title,
    language, XMP, output intent, attachments and the first half of the file identifier are those
    of the first part. ``furniture`` is an untagged PDF with one page for each page of the whole;
    its pages are laid over them as artifacts, so that screen readers pass them by; its links are
    not taken over. ``evidence`` says, by the index given to ``placeholder_png``, which page of
    which file belongs in the picture drawn with that placeholder.

    A link to ``https://page.invalid/<n>`` becomes a link to page n of the whole, counted from 1.
    What WeasyPrint's tags lack for PDF/UA is mended (see ``structure``), for a single part too.

    Raises ValueError where the pieces do not fit: no or untagged parts, furniture with another
    number of pages, evidence without a placeholder or the reverse, a link to a page that is not
    there; and UnreadablePdf for evidence that cannot be opened. Reads and writes no files.
    """
    if not parts:
        raise ValueError("nothing to join")
    with ExitStack() as opened:
        first, *others = parts
        whole = opened.enter_context(pikepdf.open(io.BytesIO(first)))
        destinations = links.Destinations(whole)
        pictures = Pictures()
        pictures.share_on(whole.pages[0])
        for number, data in enumerate(others, start=2):
            # Closed at once, to be gone from memory: the whole can still read its streams.
            with pikepdf.open(io.BytesIO(data)) as part:
                added = _appended(whole, part)
                pictures.share_on(added[0])
                destinations.add(part, added, number=number)
                links.add_bookmarks(whole, part)
                structure.add(whole, part, added)
        destinations.write()
        links.mend(whole, destinations)
        structure.mend(whole)
        attachments.mend(whole)
        put_in_place(whole, evidence or {}, opened)
        for page in {page.obj.Resources.objgen: page for page in whole.pages}.values():
            forbid_smoothing(page)
        if furniture is not None:
            lay_over(whole, opened.enter_context(pikepdf.open(io.BytesIO(furniture))))
        return _saved(whole)


def _appended(whole: pikepdf.Pdf, part: pikepdf.Pdf) -> list[pikepdf.Page]:
    before = len(whole.pages)
    for page in part.pages:
        whole.pages.append(page)
    return list(whole.pages)[before:]


def _saved(whole: pikepdf.Pdf) -> bytes:
    output = io.BytesIO()
    whole.save(
        output,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return output.getvalue()
