"""The pictures in a plan's file: shown without what cameras write into them, ticked, attached."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures.domain.errors import Invalid, Locked, Stale
from measures.domain.filing import photographs
from measures.domain.importing import plan_imports, plan_results
from measures.domain.importing.staged_plans import StagedPlan
from measures.forms.plan_imports import captions_of, ticks_of
from measures.models import FileImport, ReportingRound
from measures.views.access import DeskRequest, desk_page
from measures.views.plan_imports import (
    address_of,
    own_plan_import,
    told_as_stored,
    version_of,
)


@require_safe
@desk_page
def picture(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """Serve a small copy of one picture, made from its pixels alone: no EXIF, no place."""
    found = own_plan_import(request, pk)
    try:
        kept = StagedPlan.of(found).picture_at(number)
        copies = photographs.copies_of(plan_results.picture_of(found, kept.key))
    except Invalid as refusal:
        raise Http404(str(refusal)) from refusal
    response = HttpResponse(copies.small, content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=86400"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@desk_page
def choose(request: DeskRequest, pk: int, place: int) -> HttpResponse:
    """Tick the pictures of one measure; of an import that is stored already, attach them."""
    found = own_plan_import(request, pk)
    staged = StagedPlan.of(found)
    if not 1 <= place <= len(staged.plan.measures):
        raise Http404
    if found.confirmed_at is not None and "version" in request.POST:  # of the preview
        return told_as_stored(request, found)
    try:
        if found.confirmed_at is None:
            ticks = ticks_of(request.POST, staged, place)
            plan_imports.correct(
                found, by=request.user, version=version_of(request), changes=[ticks]
            )
            messages.success(request, _("บันทึกภาพที่เลือกแล้ว ภาพจะแนบเมื่อยืนยันพร้อมผลการดำเนินการ"))
        else:
            _attach(request, found, staged, place)
    except (Invalid, Locked, Stale) as refusal:
        messages.error(request, str(refusal))
    return redirect(address_of(found, f"measure-{place}", place=place))


def _attach(request: DeskRequest, found: FileImport, staged: StagedPlan, place: int) -> None:
    captions = captions_of(request.POST, staged, place)
    if not captions:
        raise Invalid(_("โปรดเลือกภาพที่จะแนบ"))
    asked = request.POST.get("round", "")
    own_rounds = ReportingRound.objects.visible_to(request.user)
    reporting_round = get_object_or_404(
        own_rounds.of_organisation(found.organisation_id),
        pk=int(asked) if asked.isascii() and asked.isdigit() else 0,
    )
    plan_results.attach_later(
        found,
        by=request.user,
        reporting_round=reporting_round,
        place=place,
        captions=captions,
    )
    messages.success(request, _("แนบภาพเป็นหลักฐานแล้ว"))
