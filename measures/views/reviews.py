"""Giving somebody outside a link to a draft, taking it back, and the log of its use."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures import permissions
from measures.domain.errors import Invalid
from measures.domain.publishing import reviews
from measures.forms.reviews import ReviewLinkForm
from measures.models import Document, ReviewLink
from measures.views.access import DeskRequest, attempt, desk_page

VISITS_SHOWN = 200
# Where the secret waits between the press of the button and the page that shows it once.
SECRET = "review_secret"


@dataclass(frozen=True)
class Panel:
    """What ``desk/documents/_review_links.html`` shows beside a document."""

    document: Document
    links: list[ReviewLink]
    form: ReviewLinkForm | None


def panel(request: DeskRequest, document: Document) -> Panel | None:
    """Return the links of this document for its coordinators; None for everybody else.

    The form only where a link can be given.
    """
    if not permissions.can_coordinate(request.user, document.organisation):
        return None
    may_give = permissions.can_submit(request.user, document) and document.state in reviews.READABLE
    links = document.review_links.annotate(
        visit_count=Count("visits"), last_visit_at=Max("visits__at")
    )
    return Panel(document, list(links), ReviewLinkForm() if may_give else None)


def _own_link(request: DeskRequest, pk: int) -> ReviewLink:
    visible = ReviewLink.objects.visible_to(request.user).select_related(
        "document__organisation", "created_by", "revoked_by"
    )
    return get_object_or_404(visible, pk=pk)


@require_POST
@desk_page
def make(request: DeskRequest, pk: int) -> HttpResponse:
    """Make a link; its secret is shown on the next page, once."""
    visible = Document.objects.visible_to(request.user).select_related("organisation")
    document = get_object_or_404(visible, pk=pk)
    permissions.can_submit(request.user, document).or_raise()
    form = ReviewLinkForm(request.POST)
    back = redirect(reverse("desk:document", args=[pk]) + "#review-links")
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label}: {' '.join(map(str, errors))}")
        return back
    try:
        link, secret = reviews.make_link(
            document,
            reviewer=form.cleaned_data["reviewer"],
            expires_at=form.expires_at(),
            by=request.user,
        )
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return back
    request.session[SECRET] = [link.pk, secret]
    return redirect("desk:review_link", link.pk)


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one link and each use of it; right after it was made, its address too."""
    link = _own_link(request, pk)
    permissions.can_coordinate(request.user, link.document.organisation).or_raise()
    address = ""
    if request.session.get(SECRET, [None])[0] == link.pk:
        _number, secret = request.session.pop(SECRET)
        address = settings.SITE_ADDRESS.rstrip("/") + reverse("review:draft", args=[secret])
    context = {
        "link": link,
        "address": address,
        "is_open": link.is_open() and link.document.state in reviews.READABLE,
        "visits": link.visits.all()[:VISITS_SHOWN],
        "visit_count": link.visits.count(),
        "may_revoke": permissions.can_submit(request.user, link.document),
    }
    response = render(request, "desk/documents/review_link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@desk_page
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    """Close a link at once."""
    link = _own_link(request, pk)
    return attempt(
        request,
        lambda: reviews.revoke(link, by=request.user),
        success=_("ยกเลิกลิงก์แล้ว ผู้ที่มีลิงก์นี้เปิดอ่านไม่ได้อีก"),
        back=reverse("desk:review_link", args=[link.pk]),
    )
