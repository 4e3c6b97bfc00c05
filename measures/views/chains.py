"""The chain of posts of a kind of document, for those who keep the office's accounts and posts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures import permissions
from measures.domain.errors import Invalid, Stale
from measures.domain.signing import chains
from measures.forms.chains import ChainFormSet, typed_chain
from measures.models import DocumentKind, Organisation, Post
from measures.views.access import DeskRequest, desk_page


def _own_organisation(request: DeskRequest) -> Organisation:
    """Return the office in which the person holds a post, the one administered first; or 404."""
    organisations = list(
        Organisation.objects.filter(pk__in=request.user.organisation_ids()).order_by("name")
    )
    if not organisations:
        raise Http404
    administered = [
        each for each in organisations if permissions.can_administer(request.user, each)
    ]
    return (administered or organisations)[0]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def edit(request: DeskRequest, kind: str) -> HttpResponse:
    """Show the chain of one kind of document with its rows, or store what was typed."""
    organisation = _own_organisation(request)
    permissions.can_administer(request.user, organisation).or_raise()
    if kind not in DocumentKind.values:
        raise Http404
    chain = chains.chain_of(organisation, kind)
    rows = [
        {
            "order": link.order,
            "post": link.post,
            "role": link.role,
            "caption": link.caption,
            "is_skipped_when_vacant": link.is_skipped_when_vacant,
        }
        for link in chain
    ]
    posts = Post.objects.filter(organisation=organisation).select_related("division")
    formset = ChainFormSet(
        request.POST or None, initial=rows, form_kwargs={"posts": posts}, prefix="chain"
    )
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if formset.is_valid():
            try:
                chains.change(
                    organisation,
                    kind,
                    typed_chain(formset),
                    by=request.user,
                    seen=request.POST.get("seen", ""),
                )
            except (Invalid, Stale) as reason:
                refusal = str(reason)
            else:
                messages.success(request, _("บันทึกสายการลงนามแล้ว ใช้กับเอกสารที่เสนอตั้งแต่นี้ไป"))
                return redirect("desk:chain", kind)
    context = {
        "organisation": organisation,
        "kind": DocumentKind(kind),
        "kinds": DocumentKind,
        "chain": chain,
        "formset": formset,
        "refusal": refusal,
        "running": chains.running_signoffs(organisation, kind),
        "seen": chains.seen_token(organisation, kind),
    }
    return render(request, "desk/chains/edit.html", context, status=status)
