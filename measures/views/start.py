"""The start page: what waits for this person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures import permissions
from measures.domain.recording.queue import queue_of
from measures.models import ReportingRound
from measures.models.organisations import organisation_of
from measures.views.access import DeskRequest, desk_page


@require_safe
@desk_page
def start(request: DeskRequest) -> HttpResponse:
    """Show the queue of this person, for which round, due when."""
    organisation = organisation_of(request.user)
    if organisation is None:
        return render(request, "desk/no_post.html")
    context = {
        "organisation": organisation,
        "holdings": request.user.holdings_today(),
        "queue": queue_of(request.user, organisation),
        "may_coordinate": permissions.can_coordinate(request.user, organisation),
        "rounds": ReportingRound.objects.of_organisation(organisation),
    }
    return render(request, "desk/start.html", context)
