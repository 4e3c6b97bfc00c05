"""Freezing a document: content, PDF and hashes in one transaction or not at all."""

import datetime
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import documents, events, files
from measures.domain.content import build, signoff_block
from measures.domain.documents import Move
from measures.domain.errors import Invalid
from measures.domain.hashes import canonical_json, sha256_of
from measures.models import (
    Document,
    EventVerb,
    Organisation,
    Publication,
    Signoff,
    SignoffOutcome,
    User,
)

__all__ = ["canonical_json", "chain_hash", "content_of", "new_code", "publish", "sha256_of"]

# Letters that cannot be mistaken for one another, or for digits, when read from paper; no digits,
# because every digit on official paper is Thai.
CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz"

# A running, approved or refused sign-off shows what was frozen for it.
SHOWN_OUTCOMES = ("", SignoffOutcome.APPROVED, SignoffOutcome.REFUSED)

# What rendering adds to the content on its way to publication.
ADDED_BY_RENDERING = ("publication", "template_version")


def _signoff_to_print(document: Document) -> Signoff | None:
    """Return the sign-off whose frozen content the document shows, if any."""
    return (
        document.signoffs.filter(outcome__in=SHOWN_OUTCOMES)
        .prefetch_related("steps__post")
        .order_by("-attempt")
        .first()
        if not document.is_editable()
        else None
    )


def content_of(document: Document) -> dict[str, Any]:
    """Return what the document says: the one source of what is printed, shown and exported.

    A draft is built from what is recorded now, with the chain's open blocks; what is being signed
    is what was frozen at submission with the decisions so far; a publication is what was stored.
    """
    # A document drafted in memory only has no publication to look for.
    publication = Publication.objects.filter(document=document).first() if document.pk else None
    if publication is not None:
        return dict(publication.content)
    signoff = _signoff_to_print(document)
    if signoff is None:
        return {**build(document), "signoff": _open_blocks(document)}
    return {**signoff.content, "signoff": signoff_block(signoff.ordered_steps())}


def _open_blocks(document: Document) -> list[dict[str, Any]]:
    """Return the blocks of the chain as they will stand, with who would sign today."""
    today = timezone.localdate()
    blocks = []
    links = document.organisation.chain.filter(kind=document.kind).select_related("post")
    for order, link in enumerate(links.order_by("order"), start=1):
        holding = link.post.holder_on(today)
        if holding is None and link.is_skipped_when_vacant:
            continue
        blocks.append(
            {
                "order": order,
                "role": link.role,
                "post": link.post.title,
                "opinion_caption": link.caption,
                "decision": None,
                "opinion": "",
                "reason": "",
                "rank": holding.user.rank if holding else "",
                "signer_name": holding.user.printed_name() if holding else "",
                "position_lines": holding.position_lines() if holding else [link.post.title],
                "signed_at": None,
            }
        )
    return blocks


def new_code() -> str:
    """Return a fresh code such as ``kqmx-dxqt``: short enough to type, too many to guess all."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _position in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def chain_hash(publication: Publication) -> str:
    """Return the hash of this publication's place in the organisation's chain."""
    covered = {
        "organisation": publication.organisation.slug,
        "number": publication.number,
        "code": publication.code,
        "content_sha256": publication.content_sha256,
        "pdf_sha256": publication.pdf_sha256,
        "previous_hash": publication.previous_hash,
    }
    # Absent from what was published before there were archives and seals.
    later = {"archive_sha256": publication.archive_sha256, "sealed_by": publication.sealed_by}
    return sha256_of(covered | {name: value for name, value in later.items() if value})


@transaction.atomic
def publish(
    document: Document,
    *,
    content: dict[str, Any],
    pdf: bytes,
    archive: bytes = b"",
    sealed_by: str = "",
    by: User,
    now: datetime.datetime | None = None,
) -> Publication:
    """Store the approved document's content and PDF as a publication that never changes.

    ``archive`` is the PDF/A of the same content; ``sealed_by`` names whose seal both files carry.

    ``content`` must be what ``content_of`` returns now, to which rendering may have added the
    code, day and template version. Supersedes the publication that the document corrects. Locks
    the organisation; numbers, chains and logs; all of it or nothing.
    """
    document = documents.hold(document)
    permissions.can_publish(by, document).or_raise()
    existing: Publication | None = Publication.objects.filter(
        document=document, published_by=by
    ).first()
    if existing is not None:  # the second press of the same button
        return existing
    organisation = Organisation.objects.select_for_update().get(pk=document.organisation_id)
    approved = {**content_of(document), **{key: content.get(key) for key in ADDED_BY_RENDERING}}
    offered = {**content, **{key: content.get(key) for key in ADDED_BY_RENDERING}}
    documents.move(document, Move.PUBLISH, by=by, now=now)
    if sha256_of(approved) != sha256_of(offered):
        raise Invalid(_("เนื้อหาที่จะเผยแพร่ไม่ตรงกับฉบับที่อนุมัติ โปรดเปิดหน้าใหม่แล้วเผยแพร่อีกครั้ง"))
    if not pdf.startswith(b"%PDF-") or (archive and not archive.startswith(b"%PDF-")):
        raise Invalid(_("จัดทำไฟล์ PDF ไม่สำเร็จ จึงยังไม่ได้เผยแพร่ โปรดลองอีกครั้ง"))
    last = Publication.objects.filter(organisation=organisation).order_by("-number").first()
    code = (content.get("publication") or {}).get("code") or new_code()
    publication = Publication(
        organisation=organisation,
        document=document,
        kind=document.kind,
        fiscal_year=document.fiscal_year,
        round_months=document.round.months if document.round else None,
        number=last.number + 1 if last else 1,
        code=code,
        content=content,
        content_sha256=sha256_of(content),
        template_version=content.get("template_version") or "",
        pdf_sha256=sha256_of(pdf),
        archive_sha256=sha256_of(archive) if archive else "",
        sealed_by=sealed_by,
        previous_hash=last.hash if last else "",
        supersedes=_superseded_by(document),
        published_at=now or timezone.now(),
        published_by=by,
    )
    publication.hash = chain_hash(publication)
    publication.full_clean(exclude=["pdf", "archive"])
    publication.pdf.name = _keep(publication, pdf)
    if archive:
        publication.archive.name = _keep(publication, archive)
    publication.save()
    events.record(
        EventVerb.PUBLISHED,
        document,
        by=by,
        organisation=organisation,
        data={
            "code": publication.code,
            "number": publication.number,
            "hash": publication.hash,
            "supersedes": publication.supersedes.code if publication.supersedes else None,
        },
        now=now,
    )
    return publication


def _superseded_by(document: Document) -> Publication | None:
    if document.corrects is None:
        return None
    return Publication.objects.get(document=document.corrects)


def _keep(publication: Publication, pdf: bytes) -> str:
    """Write a PDF under its hash; return its path under the media root."""
    return files.keep(f"publications/{publication.organisation.slug}/{sha256_of(pdf)}.pdf", pdf)
