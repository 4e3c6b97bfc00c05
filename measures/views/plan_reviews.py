"""Saying that what was marked in a measure has been looked at."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from measures.domain.planning.review_marks import mark_reviewed
from measures.views.access import DeskRequest, attempt, desk_page
from measures.views.plan import own_measure


@require_POST
@desk_page
def reviewed(request: DeskRequest, pk: int) -> HttpResponse:
    """Take the mark of one field away (``field``), or all marks of the measure."""
    measure = own_measure(request, pk)
    field = request.POST.get("field", "")
    return attempt(
        request,
        lambda: mark_reviewed(measure, field, by=request.user),
        success=_("บันทึกว่าทบทวนแล้ว"),
        back=reverse("desk:measure", args=[measure.pk]),
    )
