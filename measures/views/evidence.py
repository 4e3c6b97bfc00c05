"""The evidence of one entry: its list, adding files and links, taking out, and the files."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ita_portal.thai.numerals import to_thai_digits
from measures import permissions
from measures.domain.errors import Invalid, Locked
from measures.domain.filing import evidence as evidence_verbs
from measures.domain.filing import preparation, reuse, scanning
from measures.domain.filing.evidence_files import (
    CONTENT_TYPES,
    SHOWN_BY_BROWSERS,
    is_withheld,
    shown_file,
)
from measures.domain.recording.locks import lock_of_entry
from measures.forms.evidence import EvidenceFilesForm, EvidenceLinkForm
from measures.models import Evidence, EvidenceKind, Preparation, ProgressEntry
from measures.permissions import NotAllowed
from measures.views.access import DeskRequest, attempt, desk_page

# What a file name on any system must not hold.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')


@dataclass(frozen=True)
class ShownPiece:
    """One piece of evidence as the list shows it to one person."""

    piece: Evidence
    reuse: tuple[str, ...]  # for the coordinator alone
    obstacle: str  # why no document can be sent with it, and what to do
    is_withheld: bool
    is_waiting: bool


@dataclass(frozen=True)
class Outcome:
    """What became of one uploaded file."""

    name: str
    problem: str
    pk: int | None


def section_of(request: DeskRequest, entry: ProgressEntry, *, is_editable: bool) -> dict[str, Any]:
    """Return what ``desk/evidence/_section.html`` shows beside the entry itself."""
    return {
        "entry": entry,
        "evidence": _shown(request, entry),
        "evidence_form": EvidenceFilesForm(auto_id="id_evidence_%s"),
        "link_form": EvidenceLinkForm(auto_id="id_link_%s"),
        "is_editable": is_editable,
        "most_megabytes": settings.EVIDENCE_MAX_BYTES // evidence_verbs.MEGABYTE,
        "is_scanned_here": scanning.is_configured(),
    }


def _shown(request: DeskRequest, entry: ProgressEntry) -> list[ShownPiece]:
    coordinates = permissions.can_coordinate(request.user, entry.measure.organisation)
    found = reuse.reused_in(entry) if coordinates else {}
    return [
        ShownPiece(
            piece=piece,
            reuse=tuple(each.sentence() for each in found.get(piece.pk, ())),
            obstacle=preparation.obstacle_of(piece),
            is_withheld=is_withheld(piece),
            is_waiting=piece.preparation == Preparation.WAITING and not is_withheld(piece),
        )
        for piece in entry.evidence.current()
    ]


def _own_entry(request: DeskRequest, pk: int) -> ProgressEntry:
    visible = ProgressEntry.objects.visible_to(request.user).select_related(
        "measure__organisation", "division", "round__organisation"
    )
    return get_object_or_404(visible, pk=pk)


def _is_editable(request: DeskRequest, entry: ProgressEntry) -> bool:
    return lock_of_entry(entry, by=request.user) is None and bool(
        permissions.can_record(request.user, entry)
    )


def _address(entry: ProgressEntry) -> str:
    return reverse("desk:entry", args=[entry.pk]) + "#evidence"


@require_safe
@desk_page
def listing(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the list alone, for the script that has sent files or waits for copies."""
    entry = _own_entry(request, pk)
    context = section_of(request, entry, is_editable=_is_editable(request, entry))
    return render(request, "desk/evidence/_list.html", context)


@require_POST
@desk_page
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """Attach files, each by itself, or a link; answers a script in JSON, a person with a page."""
    entry = _own_entry(request, pk)
    asks_for_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        permissions.can_record(request.user, entry).or_raise()
        if "url" in request.POST:
            return _add_link(request, entry)
        form = EvidenceFilesForm(request.POST, request.FILES, auto_id="id_evidence_%s")
        outcomes = _attach_all(request, entry, form) if form.is_valid() else []
    except NotAllowed as refusal:
        if not asks_for_json:
            raise
        return JsonResponse({"problem": str(refusal), "files": []}, status=403)
    if asks_for_json:
        return _in_json(form, outcomes)
    refused = [outcome for outcome in outcomes if outcome.problem]
    if not form.errors and not refused:
        count = to_thai_digits(str(len(outcomes)))
        messages.success(request, _("เพิ่มหลักฐานแล้ว %(count)s ไฟล์") % {"count": count})
        return redirect(_address(entry))
    return _render_add(request, entry, {"evidence_form": form, "outcomes": outcomes})


def _attach_all(
    request: DeskRequest, entry: ProgressEntry, form: EvidenceFilesForm
) -> list[Outcome]:
    caption = form.cleaned_data["caption"]
    return [_attach(request, entry, upload, caption) for upload in form.chosen(form.cleaned_data)]


def _attach(
    request: DeskRequest, entry: ProgressEntry, upload: "UploadedFile[Any]", caption: str
) -> Outcome:
    name = upload.name or ""
    try:
        piece = evidence_verbs.attach_file(entry, by=request.user, upload=upload, caption=caption)
    except (Invalid, Locked) as refusal:
        return Outcome(name, str(refusal), None)
    return Outcome(name, "", piece.pk)


def _in_json(form: EvidenceFilesForm, outcomes: list[Outcome]) -> JsonResponse:
    problems = [str(text) for texts in form.errors.values() for text in texts]
    refused = [outcome.problem for outcome in outcomes if outcome.problem]
    return JsonResponse(
        {
            "problem": " ".join([*problems, *refused]),
            "files": [vars(outcome) for outcome in outcomes],
        },
        status=422 if problems or refused else 200,
    )


def _add_link(request: DeskRequest, entry: ProgressEntry) -> HttpResponse:
    form = EvidenceLinkForm(request.POST, auto_id="id_link_%s")
    if form.is_valid():
        try:
            evidence_verbs.attach_link(entry, by=request.user, **form.cleaned_data)
        except (Invalid, Locked) as refusal:
            form.add_error("url", str(refusal))
        else:
            messages.success(request, _("เพิ่มหลักฐานแล้ว"))
            return redirect(_address(entry))
    return _render_add(request, entry, {"link_form": form})


def _render_add(
    request: DeskRequest, entry: ProgressEntry, changes: dict[str, Any]
) -> HttpResponse:
    """Show what was refused and why, what was taken, and the forms as they were typed."""
    context = section_of(request, entry, is_editable=_is_editable(request, entry))
    return render(request, "desk/evidence/add.html", context | changes, status=422)


def _own_evidence(request: DeskRequest, pk: int) -> Evidence:
    visible = Evidence.objects.visible_to(request.user).select_related(
        "entry__measure__organisation", "entry__division", "entry__round"
    )
    return get_object_or_404(visible, pk=pk)


@require_POST
@desk_page
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a piece of evidence out of its entry."""
    piece = _own_evidence(request, pk)
    return attempt(
        request,
        lambda: evidence_verbs.remove(piece, by=request.user),
        success=_("นำหลักฐานออกแล้ว"),
        back=_address(piece.entry),
    )


@require_safe
@desk_page
def file(request: DeskRequest, pk: int) -> FileResponse:
    """Serve what is shown of a piece of evidence to its own organisation.

    Of a photograph the copy, in the size that ``?size=`` asks for; Word and Excel to be saved.
    """
    piece = _own_evidence(request, pk)
    if is_withheld(piece):
        raise NotAllowed(_("พบไวรัสในไฟล์นี้ จึงไม่เปิดให้ดู โปรดนำออกแล้วแนบไฟล์ที่ปลอดภัยแทน"))
    sizes = {"small": piece.small, "large": piece.large}
    stored = piece.derived if piece.kind == EvidenceKind.PHOTO else piece.original
    stored = sizes.get(request.GET.get("size", "")) or stored
    if not shown_file(piece) or not stored:
        raise Http404
    ending = PurePosixPath(str(stored.name)).suffix.lstrip(".")
    response = FileResponse(stored.open("rb"), content_type=CONTENT_TYPES[ending])
    name = f"{_NOT_IN_NAMES.sub('-', piece.caption)[:80].strip('-.')}.{ending}"
    is_to_save = piece.kind not in SHOWN_BY_BROWSERS
    response["Content-Disposition"] = content_disposition_header(is_to_save, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response
