"""Letting somebody outside read a draft over a secret link, and keeping a log of its use."""

import datetime
import ipaddress
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import documents, events
from measures.domain.errors import Invalid
from measures.domain.hashes import sha256_of
from measures.domain.publishing import publications
from measures.domain.texts import cleaned
from measures.models import Document, DocumentState, EventVerb, ReviewLink, ReviewVisit, User

LONGEST_DAYS = 90
SECRET_BYTES = 32
# A refused document goes nowhere; a published one has its own page, open to everybody.
READABLE = (
    DocumentState.DRAFT,
    DocumentState.RETURNED,
    DocumentState.IN_SIGNOFF,
    DocumentState.APPROVED,
)
# What of a content an outside reader gets; a new part of it is not shown until it is named here.
SHOWN = (
    "schema_version",
    "kind",
    "layout",
    "organisation",
    "fiscal_year",
    "round",
    "memo",
    "paragraphs",
    "assessment",
    "findings",
    "measures",
    "has_annex",
    "progress",
)
# The line as it will sign; what was said and decided on the way stays in the office.
SHOWN_OF_SIGNERS = ("order", "role", "post", "opinion_caption")

Content = dict[str, Any]


@transaction.atomic
def make_link(
    document: Document,
    *,
    reviewer: str,
    expires_at: datetime.datetime,
    by: User,
    now: datetime.datetime | None = None,
) -> tuple[ReviewLink, str]:
    """Return a new link to this draft and its secret, which is not stored and not shown again.

    Raises NotAllowed for those who do not send documents of this office, Invalid where the
    document cannot be read from outside or the days are too many.
    """
    moment = now or timezone.now()
    document = documents.hold(document)
    permissions.can_submit(by, document).or_raise()
    reviewer = cleaned(reviewer, label=_("ผู้อ่าน"), required=True, longest=300)
    if document.state not in READABLE:
        raise Invalid(
            _("เอกสารมีสถานะ “%(state)s” จึงให้ลิงก์อ่านร่างไม่ได้")
            % {"state": document.get_state_display()}
        )
    last_day = timezone.localdate(moment) + datetime.timedelta(days=LONGEST_DAYS)
    if expires_at <= moment or timezone.localdate(expires_at) > last_day:
        raise Invalid(_("วันหมดอายุต้องอยู่หลังจากนี้ และไม่เกิน 90 วัน"))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = ReviewLink.objects.create(
        document=document,
        reviewer=reviewer,
        token_sha256=_fingerprint(secret),
        created_at=moment,
        created_by=by,
        expires_at=expires_at,
    )
    _log(EventVerb.REVIEW_LINK_MADE, link, by=by, now=now)
    return link, secret


@transaction.atomic
def revoke(link: ReviewLink, *, by: User, now: datetime.datetime | None = None) -> ReviewLink:
    """Close the link at once; its log stays. Twice changes nothing."""
    permissions.can_submit(by, link.document).or_raise()
    link = (
        ReviewLink.objects.select_for_update(of=("self",))
        .select_related("document__organisation")
        .get(pk=link.pk)
    )
    if link.revoked_at is not None:
        return link
    link.revoked_at = now or timezone.now()
    link.revoked_by = by
    link.save(update_fields=["revoked_at", "revoked_by"])
    _log(EventVerb.REVIEW_LINK_REVOKED, link, by=by, now=now)
    return link


def _log(verb: EventVerb, link: ReviewLink, *, by: User, now: datetime.datetime | None) -> None:
    events.record(
        verb,
        link.document,
        by=by,
        organisation=link.document.organisation,
        data={"reviewer": link.reviewer, "expires_at": link.expires_at.isoformat()},
        now=now,
    )


def opened(secret: str, *, now: datetime.datetime | None = None) -> ReviewLink | None:
    """Return the link that this secret opens now; None for a wrong, expired or revoked one."""
    link = (
        ReviewLink.objects.filter(token_sha256=_fingerprint(secret))
        .select_related("document__organisation", "document__round")
        .first()
    )
    if link is None or not link.is_open(now) or link.document.state not in READABLE:
        return None
    return link


def visit(
    secret: str, *, address: str, browser: str, now: datetime.datetime | None = None
) -> ReviewLink | None:
    """Return the link that this secret opens, and log that it was used; None logs nothing.

    Of the address only the network is kept.
    """
    link = opened(secret, now=now)
    if link is not None:
        ReviewVisit.objects.create(
            link=link,
            at=now or timezone.now(),
            network=network_of(address),
            browser=browser.replace("\0", "")[:300],
        )
    return link


def network_of(address: str) -> str:
    """Return the network of an address (/24, for IPv6 /48), "" for what is no address."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))


def content_for(link: ReviewLink) -> Content:
    """Return what the reader gets of the draft: as it stands now, the line still unsigned."""
    content = publications.content_of(link.document)
    return {
        **{name: content[name] for name in SHOWN},
        "signoff": [
            {
                **{name: block[name] for name in SHOWN_OF_SIGNERS},
                "decision": None,
                "opinion": "",
                "reason": "",
                "rank": "",
                "signer_name": "",
                "position_lines": [block["post"]],
                "signed_at": None,
            }
            for block in content["signoff"]
        ],
        "publication": None,
        "is_draft": True,  # said on every page of its paper
    }


def _fingerprint(secret: str) -> str:
    return sha256_of(secret.encode())
