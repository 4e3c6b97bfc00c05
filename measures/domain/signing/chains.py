"""The posts a kind of document passes in an office: changed as a whole, and what never may be."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid, Stale
from measures.domain.hashes import sha256_of
from measures.domain.texts import cleaned
from measures.models import (
    ChainPost,
    DocumentKind,
    EventVerb,
    Organisation,
    Signoff,
    SignRole,
)
from measures.models.people import User


def chain_of(organisation: Organisation, kind: str) -> list[ChainPost]:
    """Return the chain as it stands, first post first."""
    rows = ChainPost.objects.filter(organisation=organisation, kind=kind)
    return list(rows.select_related("post").order_by("order"))


def _as_data(chain: Sequence[ChainPost]) -> list[dict[str, Any]]:
    return [
        {
            "post": link.post.title,
            "role": link.role,
            "caption": link.caption,
            "is_skipped_when_vacant": link.is_skipped_when_vacant,
        }
        for link in chain
    ]


def seen_token(organisation: Organisation, kind: str) -> str:
    """Return a token of the chain as it stands, for the page on which it is changed."""
    chain = chain_of(organisation, kind)
    return sha256_of([[link.post_id for link in chain], _as_data(chain)])


def running_signoffs(organisation: Organisation, kind: str) -> int:
    """Return how many documents are on their way now; each keeps the line it was sent with."""
    return (
        Signoff.objects.running()
        .filter(document__organisation=organisation, document__kind=kind)
        .count()
    )


def refuse_disorder(chain: Sequence[ChainPost]) -> None:
    """Raise Invalid where a chain in this order could never be walked as it should.

    A chain without a last post is not finished, not wrong: nothing can be sent along it.
    """
    posts = [link.post_id for link in chain]
    roles = [link.role for link in chain]
    if len(set(posts)) < len(posts):
        raise Invalid(_("ตำแหน่งเดียวกันอยู่ในสายการลงนามสองครั้ง โปรดเหลือไว้ลำดับเดียว"))
    if roles.count(SignRole.FINAL) > 1:
        raise Invalid(_("ผู้อนุมัติมีได้ตำแหน่งเดียว โปรดเลือกหน้าที่อื่นให้ตำแหน่งที่เหลือ"))
    if SignRole.FINAL in roles[:-1]:
        raise Invalid(_("ตำแหน่งผู้อนุมัติต้องอยู่ลำดับสุดท้าย โปรดย้ายไปไว้ท้ายสาย"))
    if SignRole.PREPARER in roles[1:]:
        raise Invalid(_("ผู้จัดทำมีได้ตำแหน่งเดียวและต้องอยู่ลำดับแรก โปรดย้ายไปไว้ต้นสาย"))
    if any(link.role == SignRole.FINAL and link.is_skipped_when_vacant for link in chain):
        raise Invalid(_("ข้ามตำแหน่งผู้อนุมัติไม่ได้ เมื่อว่างต้องมีคำสั่งรักษาการ โปรดไม่เลือกช่องนี้"))


@transaction.atomic
def change(
    organisation: Organisation,
    kind: str,
    links: Sequence[ChainPost],
    *,
    by: User,
    seen: str | None = None,
    now: datetime.datetime | None = None,
) -> list[ChainPost]:
    """Put ``links``, not saved yet, in the place of the chain, in the order given; log both.

    What is being signed keeps the line it was sent with. Holds the organisation; ``seen`` is the
    token of the page that was shown. Raises NotAllowed, Stale, or Invalid for a chain that is in
    disorder, has no last post, or names another office's post.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.can_administer(by, organisation).or_raise()
    if kind not in DocumentKind.values:
        raise Invalid(_("ไม่มีเอกสารชนิดนี้ โปรดเปิดหน้าใหม่"))
    before = chain_of(organisation, kind)
    if seen is not None and seen != seen_token(organisation, kind):
        raise Stale(_("มีผู้อื่นแก้ไขสายการลงนามนี้ก่อนท่าน โปรดเทียบกับสายปัจจุบันแล้วบันทึกอีกครั้ง"))
    for order, link in enumerate(links, start=1):
        link.organisation, link.kind, link.order = organisation, kind, order
        link.caption = cleaned(link.caption, label=_("หัวข้อช่องความเห็น"), longest=200)
        if link.role not in SignRole.values:
            raise Invalid(_("ไม่มีหน้าที่นี้ในสายการลงนาม โปรดเลือกใหม่"))
        if link.post.organisation_id != organisation.pk:
            raise Invalid(_("“%(post)s” เป็นของหน่วยงานอื่น โปรดเลือกของหน่วยงานนี้") % {"post": link.post})
    refuse_disorder(links)
    if not links or links[-1].role != SignRole.FINAL:
        raise Invalid(_("สายการลงนามต้องมีตำแหน่งผู้อนุมัติเป็นลำดับสุดท้าย"))
    if _as_data(before) == _as_data(links) and [link.post_id for link in before] == [
        link.post_id for link in links
    ]:
        return before
    ChainPost.objects.filter(organisation=organisation, kind=kind).delete()
    ChainPost.objects.bulk_create(links)
    events.record(
        EventVerb.RECORD_CHANGED,
        organisation,
        by=by,
        organisation=organisation,
        data={"chain": kind, "before": _as_data(before), "after": _as_data(links)},
        now=now,
    )
    return chain_of(organisation, kind)
