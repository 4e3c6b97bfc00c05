"""What is missing or in doubt in the evidence of a year, for the coordinator."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ita_portal.thai.periods import fiscal_year_of
from measures import permissions
from measures.domain.filing.gaps import gaps_of
from measures.models import ReportingRound
from measures.views.access import DeskRequest, desk_page, own_organisation


@require_safe
@desk_page
def show(request: DeskRequest) -> HttpResponse:
    """Show one list of gaps of the newest year with a round, or of ``?fiscal_year=``."""
    organisation = own_organisation(request)
    permissions.can_coordinate(request.user, organisation).or_raise()
    rounds = ReportingRound.objects.of_organisation(organisation)
    years = sorted(set(rounds.values_list("fiscal_year", flat=True)), reverse=True)
    year = years[0] if years else fiscal_year_of(timezone.localdate())
    asked = request.GET.get("fiscal_year", str(year))
    if asked not in {str(known) for known in (year, *years)}:
        raise Http404(_("หน่วยงานนี้ไม่มีรอบการรายงานของปีงบประมาณนี้"))
    context = {
        "organisation": organisation,
        "fiscal_year": int(asked),
        "years": years,
        "gaps": gaps_of(organisation, int(asked)),
    }
    return render(request, "desk/evidence/overview.html", context)
