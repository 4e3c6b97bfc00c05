"""The paper of a document that is not published yet, and the page for those who wait for it."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from measures import permissions
from measures.domain.publishing import renderings
from measures.models import Publication, Rendering, RenderingPurpose, RenderingState
from measures.views.access import DeskRequest, desk_page
from measures.views.documents import own_document
from reports import tasks

PRIVATE = "private, no-store"


@require_safe
@desk_page
def pdf(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Answer the PDF as it would be printed now, or lead to where one waits for it."""
    document = own_document(request, pk)
    rendering = tasks.ask_for(document, purpose=RenderingPurpose.PREVIEW, by=request.user)
    if rendering.state != RenderingState.DONE:
        return redirect("paper:rendering", rendering.pk)
    response = FileResponse(
        rendering.file.open("rb"),
        content_type="application/pdf",
        filename=f"document-{document.pk}.pdf",
    )
    response["Cache-Control"] = PRIVATE
    # The browser's PDF viewer is a plug-in of the page it shows; our policy would forbid it.
    response._csp_exempt = True  # type: ignore[attr-defined]
    return response


def _result_of(rendering: Rendering) -> str | None:
    """Return the address of what was asked for; None while it is not there."""
    if rendering.purpose == RenderingPurpose.PUBLICATION:
        document = rendering.document
        publication = Publication.objects.filter(document=document).first()
        if publication is None:
            return None
        return reverse("public:document", args=[document.organisation.slug, publication.code])
    if rendering.state != RenderingState.DONE:
        return None
    return reverse("paper:pdf", args=[rendering.document_id])


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Tell how far a rendering is; once it is done, lead to the paper or the public page.

    The page asks again by itself and says in ``seen`` what it shows: where nothing has changed it
    is left alone, so that a screen reader is not made to say the same every two seconds.
    """
    visible = Rendering.objects.visible_to(request.user).select_related("document__organisation")
    rendering = get_object_or_404(visible, pk=pk)
    is_polling = request.headers.get("HX-Request") == "true"
    result = _result_of(rendering)
    if result is not None:
        return HttpResponseClientRedirect(result) if is_polling else redirect(result)
    is_stuck = renderings.is_stuck(rendering)
    seen = f"{rendering.state}-{rendering.parts_done}-{rendering.parts_total}-{is_stuck}"
    if is_polling and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    context = {
        "rendering": rendering,
        "document": rendering.document,
        "is_stuck": is_stuck,
        "seen": seen,
        "part": min(rendering.parts_done + 1, rendering.parts_total),
        "is_framed": request.headers.get("Sec-Fetch-Dest") == "iframe",
        "is_publication": rendering.purpose == RenderingPurpose.PUBLICATION,
        "may_publish": permissions.can_publish(request.user, rendering.document),
    }
    template = "_rendering" if is_polling else "rendering"
    response = render(request, f"reports/screens/{template}.html", context)
    response["Cache-Control"] = PRIVATE
    return response
