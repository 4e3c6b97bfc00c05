"""The pages of what is being signed, as pictures: drawn when first asked for."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from measures.domain.publishing import renderings
from measures.models import Rendering, RenderingPurpose, RenderingState
from measures.views.access import DeskRequest, desk_page
from reports import page_pictures, tasks
from reports.views.signing import own_step

# The same page may be asked for again while somebody reads; the file has the hash in its address.
KEPT_BY_BROWSER = "private, max-age=600"


@require_safe
@desk_page
def section(request: DeskRequest, pk: int) -> HttpResponse:
    """Have the paper drawn unless it is there, and answer its pages or how far the drawing is.

    A part of the signing page; who comes without its script is led to where one waits, and back.
    """
    step = own_step(request, pk)
    rendering = tasks.ask_for(
        step.signoff.document, purpose=RenderingPurpose.PREVIEW, by=request.user
    )
    if request.headers.get("HX-Request") != "true":
        if rendering.state == RenderingState.DONE:
            return redirect("paper:signing", step.pk)
        return redirect("paper:rendering", rendering.pk)
    is_done = rendering.state == RenderingState.DONE
    context = {
        "step": step,
        "document": step.signoff.document,
        "rendering": rendering,
        "is_waiting": not rendering.has_ended() and not renderings.is_stuck(rendering),
        "part": min(rendering.parts_done + 1, rendering.parts_total),
        "pages": page_pictures.sizes_of(rendering) if is_done else [],
    }
    response = render(request, "reports/screens/_pages.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@desk_page
def page(request: DeskRequest, pk: int, number: int) -> FileResponse:
    """Answer one page of the rendering named by ``of``, or of what the document says now."""
    step = own_step(request, pk)
    drawn = Rendering.objects.filter(
        document=step.signoff.document,
        purpose=RenderingPurpose.PREVIEW,
        content_sha256=request.GET.get("of") or tasks.fingerprint_now(step.signoff.document),
    )
    rendering = get_object_or_404(drawn)
    path = page_pictures.picture_of(rendering, number) if renderings.is_at_hand(rendering) else None
    if path is None:
        raise Http404
    response = FileResponse(default_storage.open(path, "rb"), content_type="image/png")
    response["Cache-Control"] = KEPT_BY_BROWSER
    return response
