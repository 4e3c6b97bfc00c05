"""From a document to paper, and from paper to a publication."""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.filing.evidence_files import infected_among
from measures.domain.publishing import publications
from measures.models import Document, Publication, Signoff, User
from reports.rendering.as_pdf import files_of, pdf_of
from reports.rendering.evidence_files import hashes_in, problems_of, without_files
from reports.rendering.glyphs import unprintable_message
from reports.rendering.parts import Variant
from reports.sealing import seal

# Raised whenever the same content would be drawn differently; stored with each publication.
TEMPLATE_VERSION = "3"

OBSTACLES_REMEMBERED = 60 * 60  # seconds

Content = dict[str, Any]
Progress = Callable[[int, int], None]  # parts done, parts in all


class Paper(NamedTuple):
    """The two files of a publication, before any seal."""

    pdf: bytes  # PDF/UA-1: what is shown and downloaded
    archive: bytes  # PDF/A-3a of the same content, with the content attached as data


def render(document: Document, *, on_progress: Progress | None = None) -> tuple[Content, bytes]:
    """Return what the document says now and the PDF of exactly that."""
    content = publications.content_of(document)
    infected = infected_among(hashes_in(content))  # found since it was frozen
    return content, pdf_of(
        without_files(content, infected),
        layout=content["layout"],
        on_progress=on_progress,
        workers=settings.RENDERING_WORKERS,
    )


def draw(
    content: Content, *, on_progress: Progress | None = None, workers: int | None = None
) -> Paper:
    """Draw both files of a publication from its content; the same content, the same bytes.

    ``workers`` draw the parts of it side by side; None for as many as the settings say.
    """
    files = files_of(
        content,
        layout=content["layout"],
        variants=(Variant.ACCESSIBLE, Variant.ARCHIVE),
        on_progress=on_progress,
        workers=workers or settings.RENDERING_WORKERS,
    )
    return Paper(files[Variant.ACCESSIBLE], files[Variant.ARCHIVE])


def obstacles_of(content: Content) -> list[str]:
    """Return why this content cannot become paper as it should, each with what to do; in Thai."""
    unreadable = problems_of(content)
    found = [unprintable_message(content)]
    if infected_among(hashes_in(content)):
        found.append(_("พบไวรัสในไฟล์หลักฐาน โปรดส่งเอกสารกลับมาแก้ไข แล้วนำไฟล์นั้นออก"))
    if unreadable:
        found.append(
            _("เปิดไฟล์หลักฐานต่อไปนี้ไม่ได้ โปรดนำออกหรือแนบใหม่: %(captions)s")
            % {"captions": ", ".join(unreadable)}
        )
    return [each for each in found if each]


def obstacles_of_frozen(signoff: Signoff) -> list[str]:
    """Return ``obstacles_of`` what was frozen for a sign-off, looked for once an hour at most.

    Opening every file of evidence takes seconds, and neither content nor files change any more.
    """
    key = f"obstacles:{signoff.content_sha256}"
    found: list[str] | None = cache.get(key)
    if found is None:
        found = obstacles_of(signoff.content)
        cache.set(key, found, OBSTACLES_REMEMBERED)
    return found


def publish(
    document: Document,
    *,
    by: User,
    now: datetime.datetime | None = None,
    on_progress: Progress | None = None,
) -> Publication:
    """Draw the approved document with its code and day, seal it, and publish all of it together.

    Raises what ``publications.publish`` and ``sealing.seal`` raise; nothing is stored then.
    """
    code = publications.new_code()
    content = {
        **publications.content_of(document),
        "template_version": TEMPLATE_VERSION,
        "publication": {
            "code": code,
            "published_on": timezone.localdate(now).isoformat(),
            "verify_address": f"{settings.SITE_ADDRESS.rstrip('/')}/verify/{code}/",
        },
    }
    obstacles = obstacles_of(content)
    if obstacles:
        raise Invalid(_("ยังเผยแพร่ไม่ได้: %(obstacles)s") % {"obstacles": " ".join(obstacles)})
    paper = draw(content, on_progress=on_progress)
    slug = document.organisation.slug
    pdf, archive = (seal(file, organisation_slug=slug) for file in paper)
    return publications.publish(
        document,
        content=content,
        pdf=pdf.pdf,
        archive=archive.pdf,
        sealed_by=pdf.sealed_by,
        by=by,
        now=now,
    )
