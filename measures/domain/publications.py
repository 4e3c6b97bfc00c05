"""Freezing a document: content, PDF and hashes in one transaction or not at all."""

import datetime
import secrets
from collections.abc import Iterator
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
    Event,
    EventVerb,
    Organisation,
    Publication,
    Signoff,
    SignoffOutcome,
    User,
)

__all__ = ["canonical_json", "content_of", "new_code", "publish", "sha256_of", "verify"]

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


def _chain_hash(publication: Publication) -> str:
    """Return the hash of this publication's place in the organisation's chain."""
    return sha256_of(
        {
            "organisation": publication.organisation.slug,
            "number": publication.number,
            "code": publication.code,
            "content_sha256": publication.content_sha256,
            "pdf_sha256": publication.pdf_sha256,
            "previous_hash": publication.previous_hash,
        }
    )


@transaction.atomic
def publish(
    document: Document,
    *,
    content: dict[str, Any],
    pdf: bytes,
    by: User,
    now: datetime.datetime | None = None,
) -> Publication:
    """Store the approved document's content and PDF as a publication that never changes.

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
    if not pdf.startswith(b"%PDF-"):
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
        previous_hash=last.hash if last else "",
        supersedes=_superseded_by(document),
        published_at=now or timezone.now(),
        published_by=by,
    )
    publication.hash = _chain_hash(publication)
    publication.full_clean(exclude=["pdf"])
    publication.pdf.name = _store_pdf(publication, pdf)
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


def _store_pdf(publication: Publication, pdf: bytes) -> str:
    """Write the PDF under its hash."""
    path = f"publications/{publication.organisation.slug}/{publication.pdf_sha256}.pdf"
    return files.keep(path, pdf)


def verify(organisation: Organisation) -> list[str]:
    """Recompute every hash and chain of an organisation; return the faults in Thai, first first."""
    return [
        *_faults_of_publications(organisation),
        *_faults_against_log(organisation),
        *events.breaks_of(organisation),
    ]


def _faults_of_publications(organisation: Organisation) -> Iterator[str]:
    previous_hash = ""
    expected = 1
    publications = Publication.objects.filter(organisation=organisation).order_by("number")
    for publication in publications.select_related("organisation").iterator(chunk_size=50):
        name = f"เอกสารเผยแพร่ลำดับที่ {publication.number} ({publication.code})"
        if publication.number != expected:
            yield f"เอกสารเผยแพร่ลำดับที่ {expected} หายไป"
        if sha256_of(publication.content) != publication.content_sha256:
            yield f"{name}: เนื้อหาไม่ตรงกับค่าแฮช"
        yield from (f"{name}: {fault}" for fault in _faults_of_pdf(publication))
        if publication.previous_hash != previous_hash:
            yield f"{name}: ไม่ต่อกับฉบับก่อนหน้า"
        if _chain_hash(publication) != publication.hash:
            yield f"{name}: ค่าแฮชของฉบับไม่ถูกต้อง"
        previous_hash = publication.hash
        expected = publication.number + 1


def _faults_of_pdf(publication: Publication) -> Iterator[str]:
    try:
        with publication.pdf.open("rb") as file:
            pdf = file.read()
    except OSError:
        yield "ไม่พบไฟล์ PDF"
        return
    if sha256_of(pdf) != publication.pdf_sha256:
        yield "ไฟล์ PDF ไม่ตรงกับค่าแฮช"


def _faults_against_log(organisation: Organisation) -> Iterator[str]:
    """Yield publications that the log knows and the table does not, and the other way round."""
    logged = {
        event.data["hash"]: event.data["code"]
        for event in Event.objects.filter(organisation=organisation, verb=EventVerb.PUBLISHED)
    }
    stored = dict(Publication.objects.filter(organisation=organisation).values_list("hash", "code"))
    for publication_hash in logged.keys() - stored.keys():
        yield f"เอกสารเผยแพร่ {logged[publication_hash]} มีในบันทึกเหตุการณ์ แต่ไม่พบในทะเบียน"
    for publication_hash in stored.keys() - logged.keys():
        yield f"เอกสารเผยแพร่ {stored[publication_hash]} ไม่มีในบันทึกเหตุการณ์"
