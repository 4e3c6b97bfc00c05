"""Setting the status of many entries of a round at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ita_portal.thai.numerals import to_thai_digits
from measures import permissions
from measures.domain.recording import progress
from measures.models import ProgressEntry, ProgressStatus, ReportingRound
from measures.views.access import DeskRequest, desk_page


def _chosen(request: DeskRequest, reporting_round: ReportingRound) -> list[ProgressEntry]:
    """Return the ticked entries of this round, each at the version that the page showed."""
    seen: dict[int, int] = {}
    for value in request.POST.getlist("entry"):
        pk, _dash, version = value.partition("-")
        if pk.isdecimal() and version.isdecimal():
            seen[int(pk)] = int(version)
    entries = list(
        ProgressEntry.objects.in_round(reporting_round)
        .filter(pk__in=seen)
        .select_related("measure__organisation", "division", "round")
    )
    for entry in entries:
        entry.version = seen[entry.pk]
    return entries


@require_POST
@desk_page
def set_many(request: DeskRequest, pk: int) -> HttpResponse:
    """Set the status of the ticked entries, and tell each refusal with its row."""
    visible = ReportingRound.objects.visible_to(request.user).select_related("organisation")
    reporting_round = get_object_or_404(visible, pk=pk)
    permissions.can_coordinate(request.user, reporting_round.organisation).or_raise()
    status = request.POST.get("status", "")
    entries = _chosen(request, reporting_round)
    if status not in ProgressStatus.values or not entries:
        messages.error(request, _("โปรดเลือกรายการอย่างน้อยหนึ่งรายการ และเลือกสถานะที่จะตั้ง"))
        return redirect("desk:round", reporting_round.pk)
    answers = progress.set_statuses(entries, status, by=request.user)
    done = sum(not answer.refusal for answer in answers)
    if done:
        messages.success(
            request,
            _("ตั้งสถานะแล้ว %(count)s รายการ") % {"count": to_thai_digits(done)},
        )
    for answer in answers:
        if answer.refusal:
            messages.error(
                request,
                _("มาตรการที่ %(number)s %(division)s ไม่ได้เปลี่ยน: %(reason)s")
                % {
                    "number": to_thai_digits(answer.entry.measure.number),
                    "division": answer.entry.division.name,
                    "reason": answer.refusal,
                },
            )
    return redirect("desk:round", reporting_round.pk)
