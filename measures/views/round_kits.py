"""Round kits: sheets for divisions to fill in away, and what comes back, cell by cell."""

import io
import zipfile

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
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
from measures.forms.round_kits import KitChoicesForm, KitReturnForm, current
from measures.models import (
    Division,
    FileImport,
    ImportKind,
    ProgressEntry,
    ReportingRound,
    RoundKit,
)
from measures.resources.round_kit_returns import read_kit
from measures.resources.round_kits import file_name_of, title_of, workbook_of
from measures.views.access import DeskRequest, desk_page


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
    }
    return render(request, "desk/round_kits/index.html", context)


def _make(request: DeskRequest, reporting_round: ReportingRound) -> HttpResponse:
    asked = request.POST.get("division", "")
    try:
        if asked == "all":
            kits.make_kits(reporting_round, by=request.user)
            return redirect("desk:round_kits_zip", reporting_round.pk)
        if not asked.isdecimal():
            raise Http404
        divisions = Division.objects.filter(organisation=reporting_round.organisation)
        division = get_object_or_404(divisions, pk=int(asked))
        kit = kits.make_kit(reporting_round, division, by=request.user)
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:round_kits", reporting_round.pk)
    return redirect("desk:round_kit", kit.pk)


@require_safe
@desk_page
def download(request: DeskRequest, pk: int) -> HttpResponse:
    """Hand one kit out, as it was made."""
    visible = RoundKit.objects.visible_to(request.user)
    kit = get_object_or_404(visible.select_related("round__organisation", "division"), pk=pk)
    return _file(workbook_of(kit), CONTENT_TYPES["xlsx"], file_name_of(kit))


@require_safe
@desk_page
def download_all(request: DeskRequest, pk: int) -> HttpResponse:
    """Hand out the newest kit of every division of the round in one zip."""
    reporting_round = _own_round(request, pk)
    permissions.can_coordinate(request.user, reporting_round.organisation).or_raise()
    newest = [kit.pk for kit in kits.kits_by_division(reporting_round).values()]
    if not newest:
        messages.error(request, _("ยังไม่ได้จัดทำชุดรายงานของรอบนี้"))
        return redirect("desk:round_kits", pk)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        found = RoundKit.objects.select_related("round__organisation", "division")
        for kit in found.filter(pk__in=newest).order_by("division__order", "pk"):
            package.writestr(file_name_of(kit).replace("/", "-"), workbook_of(kit))
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
    """Take a returned file, and go to what it would change."""
    reporting_round = _own_round(request, pk)
    entries = entries_of(reporting_round)
    divisions = _own_divisions(request, entries)
    if not divisions:
        kits.may_have_kit(request.user, entries).or_raise()
    form = KitReturnForm(request.POST or None, request.FILES or None, divisions=divisions)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            data = uploads.bytes_of(upload)
            back = read_kit(
                data,
                upload.name,
                reporting_round=reporting_round,
                division=form.cleaned_data["division"],
            )
            staged = kit_imports.stage(
                data,
                name=upload.name,
                kit=back.kit,
                cells=back.cells,
                remarks=back.remarks,
                by=request.user,
            )
        except Invalid as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("desk:kit_import", staged.pk)
    context = {
        "round": reporting_round,
        "form": form,
        "most_megabytes": uploads.most_megabytes(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/round_kits/return.html", context, status=status)


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
