"""The memo of a handover."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from measures.views.access import DeskRequest, desk_page
from measures.views.handovers import own_handover
from reports.handovers import memo_of


@require_safe
@desk_page
def memo(request: DeskRequest, pk: int) -> HttpResponse:
    """Answer the memo as PDF, drawn from the list as it was frozen."""
    handover = own_handover(request, pk)
    response = HttpResponse(memo_of(handover), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="handover-{handover.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    # The browser's PDF viewer is a plug-in of the page it shows; our policy would forbid it.
    response._csp_exempt = True  # type: ignore[attr-defined]
    return response
