"""Handing a post over: the list before acting, the act, and what was handed over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures import permissions
from measures.domain.errors import Invalid
from measures.domain.staffing import duties, handovers
from measures.forms.handovers import HandoverForm
from measures.models import Handover, HoldingKind, PostHolding
from measures.views.access import DeskRequest, desk_page, own_organisation

HANDOVERS_PER_PAGE = 30


def own_handover(request: DeskRequest, pk: int) -> Handover:
    """Return the handover: 404 for another office's, the reason for those it does not concern."""
    visible = Handover.objects.visible_to(request.user).select_related(
        "organisation", "post", "from_user", "to_user", "handed_by"
    )
    handover = get_object_or_404(visible, pk=pk)
    handovers.can_read(request.user, handover).or_raise()
    return handover


@require_safe
@desk_page
def index(request: DeskRequest) -> HttpResponse:
    """List the handovers that this person may read, newest first."""
    organisation = own_organisation(request)
    found = handovers.readable_by(request.user, organisation)
    page = Paginator(found, HANDOVERS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_hand_over": permissions.can_administer(request.user, organisation),
    }
    return render(request, "desk/handovers/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new(request: DeskRequest) -> HttpResponse:
    """Show whose post can be handed over; of the one chosen what is open; and hand it over."""
    asked = (request.POST if request.method == "POST" else request.GET).get("holding", "")
    if not asked:
        return _choose(request)
    if not asked.isdecimal():
        raise Http404
    visible = PostHolding.objects.visible_to(request.user).filter(kind=HoldingKind.SUBSTANTIVE)
    holding = get_object_or_404(
        visible.select_related("post__organisation", "post__division__parent", "user"), pk=asked
    )
    permissions.can_administer(request.user, holding.post.organisation).or_raise()
    form = HandoverForm(request.POST or None, of=holding, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            handover = handovers.hand_over(
                holding.post,
                from_user=holding.user,
                to_user=form.cleaned_data["to_user"],
                takes_effect_on=form.cleaned_data["takes_effect_on"],
                by=request.user,
            )
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("ส่งมอบงานแล้ว และแจ้งผู้ส่งมอบกับผู้รับมอบให้แล้ว"))
            return redirect("desk:handover", handover.pk)
    context = {
        "holding": holding,
        "duties": duties.open_duties(holding.post, holding.user),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/handovers/new.html", context, status=status)


def _choose(request: DeskRequest) -> HttpResponse:
    organisation = own_organisation(request)
    permissions.can_administer(request.user, organisation).or_raise()
    holdings = (
        PostHolding.objects.current()
        .filter(post__organisation=organisation, kind=HoldingKind.SUBSTANTIVE)
        .select_related("post__division", "user")
        .order_by("post__order", "post__title", "pk")
    )
    return render(request, "desk/handovers/choose.html", {"holdings": holdings})


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what was handed over, as it was frozen, and where its memo is."""
    handover = own_handover(request, pk)
    context = {
        "handover": handover,
        "content": handover.content,
        "count": handovers.count_of(handover.content),
    }
    return render(request, "desk/handovers/show.html", context)
