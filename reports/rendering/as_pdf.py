"""Content to PDF: drawn in parts, with a table of contents where it is long, joined to one file.

The same content gives the same bytes, in any process and on any day.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from reports.many import processes
from reports.rendering.as_html import contents_html, html_of
from reports.rendering.evidence_files import (
    bytes_of,
    evidence_pages,
    with_files_attached,
    with_problems,
)
from reports.rendering.furniture import furniture_html
from reports.rendering.joining import joined
from reports.rendering.parts import (
    AttachedFile,
    Part,
    Variant,
    content_attachment,
    draw_furniture,
    draw_part,
)
from reports.sections import Content

# Starting a process costs as much as drawing some pages: shorter documents are drawn in this one.
PARTS_WORTH_WORKERS = 4
PAGES_WITHOUT_CONTENTS = 8  # a longer document has a table of contents
MOST_HEADINGS = 60  # in the table of contents; with more, the lower level is left out

OnProgress = Callable[[int, int], None]  # parts done, parts in all


def pdf_of(
    content: Content,
    *,
    layout: str,
    variant: Variant = Variant.ACCESSIBLE,
    on_progress: OnProgress | None = None,
    workers: int = 1,
) -> bytes:
    """Return the printed document as PDF; ``files_of`` with one variant."""
    return files_of(
        content, layout=layout, variants=(variant,), on_progress=on_progress, workers=workers
    )[variant]


def files_of(
    content: Content,
    *,
    layout: str,
    variants: Sequence[Variant],
    on_progress: OnProgress | None = None,
    workers: int = 1,
) -> dict[Variant, bytes]:
    """Return the printed document in each variant; the same content gives the same bytes.

    ``content`` is the frozen content of a document. Long documents are drawn by ``workers``
    processes side by side. ``on_progress`` hears of every part. Raises ValueError for an unknown
    layout. Reads the style sheet, the fonts and the files under the media root; writes nothing and
    never uses the network.
    """
    frozen, content = content, with_problems(content)
    archived, evidence = with_files_attached(content)
    if not evidence or Variant.ARCHIVE not in variants:
        attached = _attached(frozen, [])
        return _drawn(content, layout, variants, attached, on_progress, workers)
    others = [variant for variant in variants if variant is not Variant.ARCHIVE]
    files = _drawn(content, layout, others, [], on_progress, workers) if others else {}
    attached = _attached(frozen, evidence)
    archive = _drawn(archived, layout, [Variant.ARCHIVE], attached, on_progress, workers)
    return files | archive


def _drawn(
    content: Content,
    layout: str,
    variants: Sequence[Variant],
    attached: Sequence[AttachedFile],
    on_progress: OnProgress | None,
    workers: int,
) -> dict[Variant, bytes]:
    markup = html_of(content, layout=layout)
    parts: list[Part] = []
    for part in _draw_all(markup.parts, variants, attached, workers):
        parts.append(part)
        if on_progress is not None:
            on_progress(len(parts), len(markup.parts) + 1)
    if sum(len(part.pages) for part in parts) > PAGES_WITHOUT_CONTENTS:
        contents = _table_of_contents(content, parts, markup.contents_at, variants)
        parts.insert(markup.contents_at, contents)
    pages = [page for part in parts for page in part.pages]
    furniture = draw_furniture(furniture_html(content, pages))
    evidence = dict(evidence_pages(content))
    files = {  # Parts joined are let go: with hundreds of photographs each weighs much.
        variant: joined(
            [part.files.pop(variant) for part in parts], furniture=furniture, evidence=evidence
        )
        for variant in variants
    }
    if on_progress is not None:
        on_progress(len(markup.parts) + 1, len(markup.parts) + 1)
    return files


def _draw_all(
    htmls: Sequence[str],
    variants: Sequence[Variant],
    attached: Sequence[AttachedFile],
    workers: int,
) -> Iterator[Part]:
    """Yield the parts in order; only the first carries what is attached."""
    jobs = [(html, variants, attached if not place else ()) for place, html in enumerate(htmls)]
    if workers < 2 or len(jobs) < PARTS_WORTH_WORKERS:
        yield from (draw_part(*job) for job in jobs)
        return
    with processes(min(workers, len(jobs))) as pool:
        yield from pool.map(draw_part, *zip(*jobs, strict=True))


def _table_of_contents(
    content: Content, parts: Sequence[Part], at: int, variants: Sequence[Variant]
) -> Part:
    """Draw the table of contents; it is drawn again where it is longer than was thought."""
    length = 1
    while True:
        lengths = [len(part.pages) for part in parts]
        lengths.insert(at, length)
        starts = list(accumulate(lengths, initial=1))  # the page on which each part starts
        del starts[at]
        rows = [
            {"level": heading.level - 1, "text": heading.text, "page": start + heading.page}
            for part, start in zip(parts, starts, strict=False)
            for heading in part.headings
            if heading.level in (2, 3)
        ]
        if len(rows) > MOST_HEADINGS:
            rows = [row for row in rows if row["level"] == 1]
        drawn = draw_part(contents_html(content, rows), variants)
        if len(drawn.pages) == length:
            return drawn
        length = len(drawn.pages)


def _attached(content: Content, evidence: Sequence[Content]) -> list[AttachedFile]:
    """What the archive carries: the content as data, and the evidence that is not on its pages."""
    published = content["publication"] or {}
    day = published.get("published_on") or content["memo"]["date"] or "2000-01-01"
    return [
        content_attachment(content, day=day),
        *(
            AttachedFile(
                one["attached_as"], one["caption"], bytes_of(one["file"]), "Supplement", day
            )
            for one in evidence
        ),
    ]
