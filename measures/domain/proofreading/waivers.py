"""The remarks on one document, and letting one stand with a reason."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import documents, events
from measures.domain.content import Content
from measures.domain.errors import Invalid
from measures.domain.planning.required_contents import draft_findings_of
from measures.domain.proofreading.remarks import Remark
from measures.domain.proofreading.rules import Known, remarks_in
from measures.domain.publishing import publications
from measures.domain.texts import cleaned
from measures.models import (
    Document,
    DocumentKind,
    EventVerb,
    Evidence,
    InstrumentCode,
    Item,
    Organisation,
    User,
    Waiver,
)

LONGEST_REASON = 2000


@dataclass(frozen=True)
class Reviewed:
    """A remark, and the waiver that lets it stand, if there is one."""

    remark: Remark
    waiver: Waiver | None


def remarks_of(document: Document, content: Content | None = None) -> list[Reviewed]:
    """Return the remarks on what the document says, each with its waiver.

    ``content`` spares building it where the caller has it. A waiver whose text has changed since
    belongs to no remark any more and is left out.
    """
    content = publications.content_of(document) if content is None else content
    waivers = {
        waiver.fingerprint: waiver for waiver in document.waivers.select_related("waived_by")
    }
    return [
        Reviewed(remark, waivers.get(remark.fingerprint))
        for remark in remarks_in(content, _known_for(content))
    ]


def open_remarks(document: Document, content: Content | None = None) -> list[Remark]:
    """Return the remarks that nobody has let stand: they keep the document from signature."""
    return [
        reviewed.remark for reviewed in remarks_of(document, content) if reviewed.waiver is None
    ]


def _known_for(content: Content) -> Known:
    """Return what is recorded of the frameworks and of the other offices."""
    year = content["fiscal_year"]
    numbers: dict[int, set[int]] = {}
    items = Item.objects.filter(
        instrument__code=InstrumentCode.OIT,
        instrument__framework__fiscal_year__in=(year - 1, year),
    )
    for of_year, number in items.values_list("instrument__framework__fiscal_year", "number"):
        numbers.setdefault(of_year, set()).add(number)
    return Known(
        # A list with gaps is still being entered: what is missing in it may well exist.
        items={
            of_year: frozenset(found)
            for of_year, found in numbers.items()
            if len(found) == max(found)
        },
        other_names=Organisation.objects.exclude(name=content["organisation"]["name"]).values_list(
            "name", flat=True
        ),
        file_texts=_file_texts(content),
        draft_findings=draft_findings_of(content["organisation"]["slug"], year)
        if content["kind"] == DocumentKind.PLAN
        else (),
    )


def _file_texts(content: Content) -> dict[str, str]:
    """Return what is written in the files that the content names, by their SHA-256."""
    named = {
        piece["sha256"]
        for measure in content["measures"]
        for entry in measure["progress"]
        for piece in entry["evidence"]
        if piece.get("sha256")
    }
    files = Evidence.objects.filter(
        sha256__in=named, entry__measure__organisation__slug=content["organisation"]["slug"]
    )
    return dict(files.exclude(text="").values_list("sha256", "text"))


@transaction.atomic
def waive(
    document: Document,
    fingerprint: str,
    *,
    by: User,
    reason: str,
    now: datetime.datetime | None = None,
) -> Waiver:
    """Let one remark on a document at the desk stand, with a reason that is logged.

    Raises Invalid where the document says nothing (any more) that this remark is about. A second
    press is answered with the waiver that is there.
    """
    document = documents.hold(document)
    permissions.can_waive(by, document).or_raise()
    documents.refuse_unless_editable(document)
    existing = document.waivers.filter(fingerprint=fingerprint).first()
    if existing is not None:
        return existing
    reason = cleaned(reason, label=_("เหตุผลที่ยกเว้น"), longest=LONGEST_REASON, required=True)
    remark = next(
        (found for found in open_remarks(document) if found.fingerprint == fingerprint), None
    )
    if remark is None:
        raise Invalid(_("ไม่พบข้อสังเกตนี้แล้ว ข้อความอาจถูกแก้ไข โปรดเปิดหน้าเอกสารใหม่"))
    waiver = Waiver.objects.create(
        document=document,
        rule=remark.rule,
        fingerprint=fingerprint,
        message=remark.sentence()[:1000],  # the length of the column
        reason=reason,
        waived_at=now or timezone.now(),
        waived_by=by,
    )
    _log(EventVerb.REMARK_WAIVED, waiver, by=by, reason=reason, now=now)
    return waiver


@transaction.atomic
def withdraw(
    document: Document, fingerprint: str, *, by: User, now: datetime.datetime | None = None
) -> None:
    """Take a waiver back: the remark stands open again. The log keeps what was waived and why.

    A waiver that is not there (any more) needs nothing done: a second press changes nothing.
    """
    document = documents.hold(document)
    permissions.can_waive(by, document).or_raise()
    documents.refuse_unless_editable(document)
    waiver = document.waivers.filter(fingerprint=fingerprint).first()
    if waiver is None:
        return
    _log(EventVerb.WAIVER_WITHDRAWN, waiver, by=by, waived_because=waiver.reason, now=now)
    waiver.delete()


def _log(
    verb: EventVerb, waiver: Waiver, *, by: User, now: datetime.datetime | None, **because: str
) -> None:
    events.record(
        verb,
        waiver.document,
        by=by,
        organisation=waiver.document.organisation,
        data={
            "rule": waiver.rule,
            "remark": waiver.message,
            "fingerprint": waiver.fingerprint,
            **because,
        },
        now=now,
    )
