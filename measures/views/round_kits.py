"""Round kits: sheets for divisions to fill in away, and what comes back, cell by cell."""

import io
import zipfile
from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ita_portal.thai.numerals import to_thai_digits
from measures import permissions
from measures.domain.errors import Invalid, Locked, Stale
from measures.domain.filing.evidence_files import CONTENT_TYPES
from measures.domain.importing import kit_imports, uploads
from measures.domain.recording import kits
from measures.domain.recording.locks import lock_of_round
from measures.domain.recording.progress import entries_of
from measures.forms.round_kits import KitChoicesForm, KitFilesForm, KitReturnForm, current
from measures.models import (
    Division,
    FileImport,
    ImportKind,
    Organisation,
    ProgressEntry,
    ReportingRound,
    RoundKit,
    User,
)
from measures.resources.round_kit_returns import read_kits
from measures.resources.round_kits import file_name_of, title_of, workbook_of
from measures.views.access import DeskRequest, desk_page, own_organisation


def _own_round(request: DeskRequest, pk: int) -> ReportingRound:
    visible = ReportingRound.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(visible, pk=pk)


def _own_import(request: DeskRequest, pk: int) -> FileImport:
    """Return a returned kit to who uploaded it, and to the coordinator."""
    visible = FileImport.objects.visible_to(request.user).filter(kind=ImportKind.KIT)
    found: FileImport = get_object_or_404(visible.select_related("organisation", "round"), pk=pk)
    if found.uploaded_by_id != request.user.pk:
        permissions.can_manage(request.user, found.organisation).or_raise()
    return found


def _own_divisions(request: DeskRequest, entries: list[ProgressEntry]) -> list[Division]:
    """Return the divisions whose kits the person may make and return."""
    recordable = [entry for entry in entries if permissions.can_record(request.user, entry)]
    return kits.divisions_of(recordable)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def index(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the divisions with their kits; make one, or all, and hand the file out."""
    reporting_round = _own_round(request, pk)
    if request.method == "POST":
        return _make(request, reporting_round)
    entries = entries_of(reporting_round)
    returned = dict(
        FileImport.objects.filter(kind=ImportKind.KIT, round=reporting_round)
        .exclude(confirmed_at=None)
        .order_by("confirmed_at")
        .values_list("report__division", "confirmed_at")
    )
    made = kits.kits_by_division(reporting_round)
    own = {division.pk for division in _own_divisions(request, entries)}
    may_coordinate = permissions.can_coordinate(request.user, reporting_round.organisation)
    waiting = FileImport.objects.unconfirmed().filter(kind=ImportKind.KIT, round=reporting_round)
    if not may_coordinate:
        waiting = waiting.filter(uploaded_by=request.user)
    context = {
        "round": reporting_round,
        "lock": lock_of_round(reporting_round),
        "divisions": [
            {
                "division": division,
                "kit": made.get(division.pk),
                "returned_at": returned.get(division.pk),
                "is_own": division.pk in own,
            }
            for division in kits.divisions_of(entries)
        ],
        "waiting": waiting.select_related("uploaded_by").defer("draft", "report"),
        "may_coordinate": may_coordinate,
        "may_return": bool(own),
        "has_kits": bool(made),
        "file_address": _file_asked(request, made.values(), reporting_round.pk),
    }
    return render(request, "desk/round_kits/index.html", context)


def _make(request: DeskRequest, reporting_round: ReportingRound) -> HttpResponse:
    asked = request.POST.get("division", "")
    try:
        if asked == "all":
            made = kits.make_kits(reporting_round, by=request.user)
            return _made(request, reporting_round, made, "all")
        if not asked.isdecimal():
            raise Http404
        divisions = Division.objects.filter(organisation=reporting_round.organisation)
        division = get_object_or_404(divisions, pk=int(asked))
        kit = kits.make_kit(reporting_round, division, by=request.user)
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:round_kits", reporting_round.pk)
    return _made(request, reporting_round, [kit], str(kit.pk))


def _made(
    request: DeskRequest, reporting_round: ReportingRound, made: list[RoundKit], what: str
) -> HttpResponse:
    """Go back to the list, which now names the kits, and from there to the file by itself."""
    names = ", ".join(kit.division.name for kit in made)
    messages.success(request, _("จัดทำชุดรายงานแล้ว: %(names)s") % {"names": names})
    return redirect(f"{reverse('desk:round_kits', args=[reporting_round.pk])}?file={what}")


def _file_asked(request: DeskRequest, made: Iterable[RoundKit], pk: int) -> str:
    """Return the address of the file that was just made, for the page to hand out; "" for none."""
    asked = request.GET.get("file", "")
    if asked == "all":
        return reverse("desk:round_kits_zip", args=[pk])
    return next(
        (reverse("desk:round_kit", args=[kit.pk]) for kit in made if str(kit.pk) == asked), ""
    )


@require_safe
@desk_page
def download(request: DeskRequest, pk: int) -> HttpResponse:
    """Hand one kit out, as it was made."""
    visible = RoundKit.objects.visible_to(request.user)
    kit = get_object_or_404(visible.select_related("round__organisation", "division"), pk=pk)
    try:
        content = workbook_of(kit)
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:round_kits", kit.round_id)
    return _file(content, CONTENT_TYPES["xlsx"], file_name_of(kit))


@require_safe
@desk_page
def download_all(request: DeskRequest, pk: int) -> HttpResponse:
    """Hand out the newest kit of every division of the round in one zip."""
    reporting_round = _own_round(request, pk)
    permissions.can_coordinate(request.user, reporting_round.organisation).or_raise()
    made = kits.kits_by_division(reporting_round)
    divisions = kits.divisions_of(entries_of(reporting_round))
    newest = [made[division.pk].pk for division in divisions if division.pk in made]
    if not newest:
        messages.error(request, _("ยังไม่ได้จัดทำชุดรายงานของรอบนี้"))
        return redirect("desk:round_kits", pk)
    packed = io.BytesIO()
    found = RoundKit.objects.select_related("round__organisation", "division")
    try:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
            for kit in found.filter(pk__in=newest).order_by("division__order", "pk"):
                package.writestr(file_name_of(kit), workbook_of(kit))
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:round_kits", pk)
    name = f"ชุดรายงานทุกส่วนราชการ {reporting_round}.zip"
    return _file(packed.getvalue(), "application/zip", name)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    """Take returned files of one round, and go to what they would change."""
    reporting_round = _own_round(request, pk)
    entries = entries_of(reporting_round)
    divisions = _own_divisions(request, entries)
    if not divisions:
        kits.may_have_kit(request.user, entries).or_raise()
    form = KitReturnForm(request.POST or None, request.FILES or None, divisions=divisions)
    if request.method == "POST" and form.is_valid():
        staged = _staged(request, form, reporting_round.organisation, reporting_round)
        if staged:
            return led_to(staged)
    context = {
        "round": reporting_round,
        "form": form,
        "most_megabytes": uploads.most_megabytes(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/round_kits/return.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def any_round(request: DeskRequest) -> HttpResponse:
    """Lead to the kits of each round; take returned files of any of them, as the files say."""
    organisation = own_organisation(request)
    form = KitFilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        staged = _staged(request, form, organisation)
        if staged:
            return led_to(staged)
    context = {
        "organisation": organisation,
        "form": form,
        "rounds": ReportingRound.objects.of_organisation(organisation),
        "most_megabytes": uploads.most_megabytes(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/round_kits/rounds.html", context, status=status)


def _staged(
    request: DeskRequest,
    form: KitFilesForm,
    organisation: Organisation,
    reporting_round: ReportingRound | None = None,
) -> list[FileImport]:
    """Read and keep each file by itself; say of each that is refused why, beside the others."""
    staged: list[FileImport] = []
    refusals: list[str] = []
    for upload in form.cleaned_data["file"]:
        try:
            staged += stage_file(
                uploads.bytes_of(upload),
                name=upload.name,
                organisation=organisation,
                reporting_round=reporting_round,
                division=form.cleaned_data.get("division"),
                by=request.user,
            )
        except permissions.NotAllowed as refusal:
            refusals.append(f"{upload.name}: {refusal}")
    for told in refusals:
        if staged:
            messages.error(request, told)
        else:
            form.add_error("file", told)
    if len(staged) > 1:
        messages.info(
            request,
            _("อ่านได้ %(count)s ชุด โปรดเปิดตรวจและยืนยันทีละชุดจากรายการ “ไฟล์ที่ส่งกลับแล้ว รอยืนยัน”")
            % {"count": to_thai_digits(len(staged))},
        )
    return staged


def stage_file(
    data: bytes,
    *,
    name: str,
    organisation: Organisation,
    by: User,
    reporting_round: ReportingRound | None = None,
    division: Division | None = None,
) -> list[FileImport]:
    """Read a returned file and keep it for each kit in it; as ``read_kits`` and ``stage_all``."""
    returned = read_kits(
        data, name, office=organisation, reporting_round=reporting_round, division=division
    )
    return kit_imports.stage_all(data, name=name, returned=returned, by=by)


def led_to(staged: list[FileImport]) -> HttpResponse:
    """Go to what one file would change; of several, to the list from which they are opened."""
    if len(staged) == 1:
        return redirect("desk:kit_import", staged[0].pk)
    return redirect("desk:round_kits", staged[0].round_id)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def show_import(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what a returned file would change, cell by cell, and store it once decided."""
    found = _own_import(request, pk)
    merge = kit_imports.merge_of(found)
    form = KitChoicesForm(request.POST if request.method == "POST" else None, merge=merge)
    if request.method == "POST":
        if form.is_valid():
            try:
                stored = kit_imports.confirm(
                    found, by=request.user, choices=form.choices(), versions=form.versions()
                )
            except (Invalid, Locked, Stale) as refusal:
                found = _own_import(request, pk)
                if found.confirmed_at is not None:  # by somebody else, in between
                    messages.error(request, str(refusal))
                    return redirect("desk:kit_import", found.pk)
                merge = kit_imports.merge_of(found)
                form = KitChoicesForm(current(request.POST, merge), merge=merge)
                form.is_valid()
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _told(stored))
                return redirect("desk:round_kits", found.round_id)
        else:
            form.add_error(None, _("ยังมีช่องที่ต้องเลือกข้อความ โปรดเลือกให้ครบแล้วยืนยันอีกครั้ง"))
    context = {
        "file_import": found,
        "kit": merge.kit,
        "title": title_of(merge.kit),
        "merge": merge,
        "form": form,
        "lock": lock_of_round(merge.kit.round),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/round_kits/import.html", context, status=status)


def _told(stored: FileImport) -> str:
    changed = stored.report["changed"]
    if not changed:
        return _("ข้อความในไฟล์ตรงกับในระบบแล้ว ไม่มีสิ่งใดเปลี่ยน")
    cells = sum(len(names) for names in changed.values())
    return _("บันทึกจากไฟล์แล้ว %(cells)s ช่อง ใน %(rows)s มาตรการ") % {
        "cells": to_thai_digits(cells),
        "rows": to_thai_digits(len(changed)),
    }


@require_POST
@desk_page
def discard(request: DeskRequest, pk: int) -> HttpResponse:
    """Give a returned file up; it is deleted and nothing changes."""
    found = _own_import(request, pk)
    round_id = found.round_id
    try:
        uploads.discard(found, by=request.user)
    except Invalid as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("ลบไฟล์แล้ว ไม่มีข้อมูลใดเปลี่ยน"))
    return redirect("desk:round_kits", round_id)
