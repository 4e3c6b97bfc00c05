"""The inbox: what one person was told, and how they want to be told."""

from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.domain.errors import Invalid
from measures.domain.reminding import inbox
from measures.forms.inbox import NoticeSettingsForm
from measures.models import Channel, NoticeChannel
from measures.models.organisations import organisation_of
from measures.notifications import inbox_of
from measures.views.access import DeskRequest, attempt, desk_page, own_organisation

PER_PAGE = 20


@require_safe
@desk_page
def index(request: DeskRequest) -> HttpResponse:
    """Show the person's notices, the unread ones first, then the newest."""
    is_read = Case(When(read_at=None, then=Value(0)), default=Value(1))
    notices = inbox_of(request.user).order_by(is_read, "-created_at", "-pk")
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "has_post": organisation_of(request.user) is not None}
    return render(request, "desk/inbox/index.html", context)


@require_POST
@desk_page
def read(request: DeskRequest, pk: int) -> HttpResponse:
    """Mark one notice as read, and go to the page it speaks of where the person asked for it."""
    notice = get_object_or_404(inbox_of(request.user), pk=pk)
    inbox.mark_read(notice, by=request.user)
    return redirect(notice.path if request.POST.get("then") == "open" else "desk:inbox")


@require_POST
@desk_page
def read_all(request: DeskRequest) -> HttpResponse:
    """Mark all of the person's notices as read."""
    own_organisation(request)
    return attempt(
        request,
        lambda: inbox.mark_all_read(by=request.user),
        success=_("ทำเครื่องหมายว่าอ่านแล้วทั้งหมด"),
        back="desk:inbox",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def notice_settings(request: DeskRequest) -> HttpResponse:
    """Let the person choose what comes by mail, and enter their LINE id."""
    organisation = own_organisation(request)
    form = NoticeSettingsForm.of(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            inbox.choose(request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error("line_user_id", str(refusal))
        else:
            return redirect("desk:inbox")
    context = {
        "form": form,
        "has_line": NoticeChannel.objects.filter(
            organisation=organisation, channel=Channel.LINE, is_active=True
        ).exists(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/inbox/settings.html", context, status=status)
