"""Compiling a document, editing it, and the ways back before it is published."""

import datetime
from enum import StrEnum
from typing import Any, cast

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import drafts, events
from measures.domain.errors import Invalid, Stale
from measures.domain.filing import preparation
from measures.domain.recording.locks import lock_of_report, refuse_when_locked
from measures.domain.recording.progress import entries_of
from measures.domain.texts import cleaned
from measures.models import (
    ChainPost,
    Document,
    DocumentKind,
    DocumentLayout,
    DocumentState,
    EventVerb,
    Organisation,
    Publication,
    ReportingRound,
    SignRole,
    User,
)


class Move(StrEnum):
    """What can happen to a document as a whole."""

    SUBMIT = "submit"
    RECALL = "recall"
    RETURN = "return"
    REFUSE = "refuse"
    APPROVE = "approve"
    REOPEN = "reopen"
    PUBLISH = "publish"


# The whole diagram. What is not in it cannot happen; a published document has no way on but a
# new document that corrects it.
ALLOWED_MOVES: dict[tuple[DocumentState, Move], DocumentState] = {
    (DocumentState.DRAFT, Move.SUBMIT): DocumentState.IN_SIGNOFF,
    (DocumentState.RETURNED, Move.SUBMIT): DocumentState.IN_SIGNOFF,
    (DocumentState.IN_SIGNOFF, Move.RECALL): DocumentState.DRAFT,
    (DocumentState.IN_SIGNOFF, Move.RETURN): DocumentState.RETURNED,
    (DocumentState.IN_SIGNOFF, Move.REFUSE): DocumentState.REFUSED,
    (DocumentState.IN_SIGNOFF, Move.APPROVE): DocumentState.APPROVED,
    (DocumentState.REFUSED, Move.REOPEN): DocumentState.DRAFT,
    (DocumentState.APPROVED, Move.REOPEN): DocumentState.DRAFT,
    (DocumentState.APPROVED, Move.PUBLISH): DocumentState.PUBLISHED,
}

# What the coordinator types: the field, its longest text, and whether it must be filled.
EDITABLE_TEXTS: dict[str, tuple[int | None, bool]] = {
    "office": (300, True),
    "number": (50, False),
    "subject": (500, True),
    "addressee": (300, True),
    "through": (300, False),
    "opening": (None, True),
    "measures_title": (300, False),
    "assessment": (None, False),
    "approach": (None, False),
    "results_title": (500, False),
    "closing": (None, True),
    "layout": (40, True),
}


def move(
    document: Document, how: Move, *, by: User, now: datetime.datetime | None = None
) -> Document:
    """Move a document that the caller holds locked; raise Invalid where there is no such arrow."""
    target = ALLOWED_MOVES.get((DocumentState(document.state), how))
    if target is None:
        raise Invalid(
            _("เอกสารมีสถานะ “%(state)s” จึงทำขั้นตอนนี้ไม่ได้ โปรดเปิดหน้าเอกสารใหม่")
            % {"state": document.get_state_display()}
        )
    document.state = target
    document.updated_at = now or timezone.now()
    document.updated_by = by
    document.version += 1
    document.save(update_fields=["state", "updated_at", "updated_by", "version"])
    return document


def hold(document: Document) -> Document:
    """Return the document's row as it is now, held until the transaction ends."""
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related("organisation", "round__organisation")
        .get(pk=document.pk)
    )


def refuse_unless_editable(document: Document) -> None:
    """Raise Invalid, saying in which state it is, where the document has left the desk."""
    if not document.is_editable():
        raise Invalid(
            _("เอกสารมีสถานะ “%(state)s” จึงแก้ไขไม่ได้") % {"state": document.get_state_display()}
        )


def _cleaned_fields(fields: dict[str, Any]) -> dict[str, Any]:
    known = {"dated", "has_annex", *EDITABLE_TEXTS}
    unknown = set(fields) - known
    if unknown:
        raise TypeError(f"not fields of a document: {', '.join(sorted(unknown))}")
    values = dict(fields)
    for name, (longest, required) in EDITABLE_TEXTS.items():
        if name in values:
            field = cast("models.Field[Any, Any]", Document._meta.get_field(name))
            label = str(field.verbose_name)
            values[name] = cleaned(values[name], label=label, longest=longest, required=required)
    if "layout" in values and values["layout"] not in DocumentLayout.values:
        raise Invalid(_("ไม่มีรูปแบบเอกสาร “%(layout)s” โปรดเลือกใหม่") % {"layout": values["layout"]})
    return values


def _create(document: Document, *, by: User, now: datetime.datetime | None) -> Document:
    document.updated_at = now or timezone.now()
    document.updated_by = by
    document.save(force_insert=True)
    events.record(
        EventVerb.DOCUMENT_COMPILED,
        document,
        by=by,
        organisation=document.organisation,
        data={"layout": document.layout},
        now=now,
    )
    return document


@transaction.atomic
def compile_report(
    reporting_round: ReportingRound,
    *,
    by: User,
    now: datetime.datetime | None = None,
    **fields: Any,
) -> Document:
    """Return the draft report of a round, made from the data if there is none yet.

    ``fields`` replace the prefilled memo fields and paragraphs. A report that is already on its
    way is returned as it is, so a second press makes no second document.
    """
    organisation = Organisation.objects.select_for_update().get(pk=reporting_round.organisation_id)
    permissions.can_coordinate(by, organisation).or_raise()
    existing = (
        Document.objects.unpublished()
        .filter(round=reporting_round, kind=DocumentKind.PROGRESS_REPORT)
        .first()
    )
    if existing is not None:
        return existing
    refuse_when_locked(lock_of_report(reporting_round))
    entries_of(reporting_round)
    values = drafts.report_fields(reporting_round, on=timezone.localdate(now))
    values.update(_cleaned_fields(fields))
    document = Document(
        organisation=organisation,
        kind=DocumentKind.PROGRESS_REPORT,
        fiscal_year=reporting_round.fiscal_year,
        round=reporting_round,
        **values,
    )
    return _create(document, by=by, now=now)


@transaction.atomic
def compile_plan(
    organisation: Organisation,
    fiscal_year: int,
    *,
    by: User,
    now: datetime.datetime | None = None,
    **fields: Any,
) -> Document:
    """Return the draft plan of a year, made from the data if there is none yet."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.can_coordinate(by, organisation).or_raise()
    plans = Document.objects.filter(
        organisation=organisation, fiscal_year=fiscal_year, kind=DocumentKind.PLAN
    )
    existing = plans.unpublished().first()
    if existing is not None:
        return existing
    if plans.exists():
        raise Invalid(_("แผนของปีนี้เผยแพร่แล้ว หากต้องแก้ไขโปรดจัดทำฉบับแก้ไขจากหน้าเอกสารที่เผยแพร่"))
    values = drafts.plan_fields(organisation, fiscal_year, on=timezone.localdate(now))
    values.update(_cleaned_fields(fields))
    document = Document(
        organisation=organisation, kind=DocumentKind.PLAN, fiscal_year=fiscal_year, **values
    )
    return _create(document, by=by, now=now)


@transaction.atomic
def edit(
    document: Document,
    *,
    by: User,
    version: int,
    now: datetime.datetime | None = None,
    **fields: Any,
) -> Document:
    """Store memo fields and paragraphs over version ``version``; log before and after."""
    document = hold(document)
    permissions.can_coordinate(by, document.organisation).or_raise()
    refuse_unless_editable(document)
    values = _cleaned_fields(fields)
    before = {name: getattr(document, name) for name in values}
    if before == values:
        return document
    if document.version != version:
        raise Stale(_("มีผู้อื่นแก้ไขเอกสารนี้ก่อนท่าน โปรดเทียบกับฉบับล่าสุดแล้วบันทึกอีกครั้ง"))
    for name, value in values.items():
        setattr(document, name, value)
    document.version += 1
    document.updated_at = now or timezone.now()
    document.updated_by = by
    document.save()
    changed = [name for name in values if before[name] != values[name]]
    events.record(
        EventVerb.DOCUMENT_EDITED,
        document,
        by=by,
        organisation=document.organisation,
        data={name: {"before": str(before[name]), "after": str(values[name])} for name in changed},
        now=now,
    )
    return document


@transaction.atomic
def reopen(
    document: Document, *, by: User, reason: str, now: datetime.datetime | None = None
) -> Document:
    """Take a refused, or approved but unpublished, document back to the desk; reason kept."""
    document = hold(document)
    permissions.can_submit(by, document).or_raise()
    reason = cleaned(reason, label=_("เหตุผลที่นำกลับมาแก้ไข"), required=True)
    if document.is_editable():  # the second press of the same button
        return document
    move(document, Move.REOPEN, by=by, now=now)
    events.record(
        EventVerb.DOCUMENT_REOPENED,
        document,
        by=by,
        organisation=document.organisation,
        data={"reason": reason},
        now=now,
    )
    return document


@transaction.atomic
def start_correction(
    publication: Publication, *, by: User, reason: str, now: datetime.datetime | None = None
) -> Document:
    """Make the draft that will supersede a publication, and let its entries be changed again.

    The publication stays as it is, at its address, until the correction is published. A
    correction already under way is returned.
    """
    permissions.can_correct(by, publication).or_raise()
    original = hold(publication.document)
    existing = Document.objects.filter(corrects=original).first()
    if existing is not None and existing.state != DocumentState.PUBLISHED:
        return existing
    if existing is not None:
        raise Invalid(_("ฉบับนี้ถูกแทนที่แล้ว โปรดแก้ไขจากฉบับปัจจุบัน"))
    reason = cleaned(reason, label=_("เหตุผลที่แก้ไข"), required=True)
    copied = ("kind", "fiscal_year", "layout", "dated", "has_annex", *EDITABLE_TEXTS)
    document = Document(
        organisation=original.organisation,
        round=original.round,
        corrects=original,
        correction_reason=reason,
        updated_at=now or timezone.now(),
        updated_by=by,
        **{name: getattr(original, name) for name in copied},
    )
    document.save(force_insert=True)
    events.record(
        EventVerb.CORRECTION_STARTED,
        document,
        by=by,
        organisation=document.organisation,
        data={"corrects": publication.code, "reason": reason},
        now=now,
    )
    return document


def missing(document: Document) -> list[str]:
    """Return what must still be filled in before signature, each as one exact Thai sentence."""
    found = []
    if document.dated is None:
        found.append(_("ยังไม่ได้ระบุวันที่ของเอกสาร"))
    if not document.organisation.measures.of_year(document.fiscal_year).exists():
        found.append(_("ยังไม่มีมาตรการของปีงบประมาณนี้"))
    if document.round is not None:
        entries = entries_of(document.round)
        found += [
            _("มาตรการที่ %(number)s: %(division)s ยังไม่ได้รายงาน")
            % {"number": entry.measure.number, "division": entry.division.name}
            for entry in entries
            if not entry.is_reported()
        ]
        found += preparation.obstacles_in(entries)
    return found + _missing_in_chain(document)


def _missing_in_chain(document: Document) -> list[str]:
    chain = ChainPost.objects.filter(
        organisation=document.organisation, kind=document.kind
    ).select_related("post")
    today = timezone.localdate()
    found = [
        _("ตำแหน่ง%(post)s ในสายการลงนามว่าง โปรดตั้งผู้รักษาการก่อน") % {"post": link.post.title}
        for link in chain
        if not link.is_skipped_when_vacant and link.post.holder_on(today) is None
    ]
    if not any(link.role == SignRole.FINAL for link in chain):
        found.append(_("ยังไม่ได้กำหนดตำแหน่งผู้อนุมัติในสายการลงนาม"))
    return found
