"""Entering progress and evidence for one measure and division."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures import permissions
from measures.domain import evidence as evidence_verbs
from measures.domain import progress
from measures.domain.errors import Conflict, Invalid, Locked
from measures.domain.locks import lock_of_entry
from measures.forms.evidence import EvidenceForm
from measures.forms.progress import ProgressForm
from measures.models import Evidence, EvidenceKind, ProgressEntry
from measures.views import kept_texts
from measures.views.access import DeskRequest, attempt, desk_page


def _own_entry(request: DeskRequest, pk: int) -> ProgressEntry:
    visible = ProgressEntry.objects.visible_to(request.user).select_related(
        "measure__organisation", "division", "round__organisation", "updated_by"
    )
    return get_object_or_404(visible, pk=pk)


def _render_entry(
    request: DeskRequest,
    entry: ProgressEntry,
    *,
    form: ProgressForm,
    evidence_form: EvidenceForm | None = None,
    conflict: ProgressEntry | None = None,
    status: int = 200,
) -> HttpResponse:
    lock = lock_of_entry(entry, by=request.user)
    may_record = permissions.can_record(request.user, entry)
    previous = progress.previous_entry(entry)
    context = {
        "entry": entry,
        "measure": entry.measure,
        "form": form,
        "evidence_form": evidence_form or EvidenceForm(),
        "evidence": entry.evidence.current(),
        "previous": previous,
        "before": {name: getattr(previous, name, "") for name in progress.TEXT_FIELDS},
        "conflict": conflict,
        "lock": lock,
        "may_record": may_record,
        "is_editable": lock is None and bool(may_record),
    }
    return render(request, "desk/progress/entry.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def entry(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one entry, or store what was typed; a conflict shows both texts."""
    shown = _own_entry(request, pk)
    if request.method != "POST":
        form = ProgressForm.of(shown)
        kept = kept_texts.take(request)
        if kept:
            form.initial.update(kept)
            messages.info(request, _("นี่คือข้อความที่พิมพ์ไว้ก่อนหมดเวลา ยังไม่ได้บันทึก โปรดตรวจแล้วกดบันทึก"))
        return _render_entry(request, shown, form=form)
    permissions.can_record(request.user, shown).or_raise()
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return _render_entry(request, shown, form=form, status=422)
    try:
        progress.record(shown, by=request.user, **form.cleaned_data)
    except Conflict as conflict:
        # The next saving is over the version now shown beside the typed text.
        typed = request.POST.copy()
        typed["version"] = str(conflict.current.version)
        form = ProgressForm(typed)
        messages.warning(request, str(conflict))
        return _render_entry(request, shown, form=form, conflict=conflict.current, status=409)
    except (Invalid, Locked) as refusal:
        form.add_error(None, str(refusal))
        return _render_entry(request, shown, form=form, status=422)
    messages.success(request, _("บันทึกแล้ว"))
    return redirect(_address(shown))


def _address(shown: ProgressEntry) -> str:
    return reverse("desk:entry", args=[shown.pk])


@require_POST
@desk_page
def add_evidence(request: DeskRequest, pk: int) -> HttpResponse:
    """Attach a file or a link to an entry."""
    shown = _own_entry(request, pk)
    permissions.can_record(request.user, shown).or_raise()
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _attach(request, shown, form)
        except (Invalid, Locked) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("เพิ่มหลักฐานแล้ว"))
            return redirect(_address(shown) + "#evidence")
    return _render_entry(
        request, shown, form=ProgressForm.of(shown), evidence_form=form, status=422
    )


def _attach(request: DeskRequest, shown: ProgressEntry, form: EvidenceForm) -> None:
    upload = form.cleaned_data["file"]
    caption = form.cleaned_data["caption"]
    if isinstance(upload, UploadedFile):
        evidence_verbs.attach_file(shown, by=request.user, upload=upload, caption=caption)
    else:
        evidence_verbs.attach_link(
            shown, by=request.user, url=form.cleaned_data["url"], caption=caption
        )


def _own_evidence(request: DeskRequest, pk: int) -> Evidence:
    visible = Evidence.objects.visible_to(request.user).select_related(
        "entry__measure__organisation", "entry__division", "entry__round"
    )
    return get_object_or_404(visible, pk=pk)


@require_POST
@desk_page
def remove_evidence(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a piece of evidence out of its entry."""
    piece = _own_evidence(request, pk)
    return attempt(
        request,
        lambda: evidence_verbs.remove(piece, by=request.user),
        success=_("นำหลักฐานออกแล้ว"),
        back=_address(piece.entry) + "#evidence",
    )


@require_safe
@desk_page
def evidence_file(request: DeskRequest, pk: int) -> FileResponse:
    """Serve what is shown of a piece of evidence to its own organisation."""
    piece = _own_evidence(request, pk)
    file = piece.derived or piece.original
    if piece.kind == EvidenceKind.LINK or not file:
        raise Http404
    is_photo = piece.kind == EvidenceKind.PHOTO
    response = FileResponse(
        file.open("rb"), content_type="image/jpeg" if is_photo else "application/pdf"
    )
    response["Cache-Control"] = "private, max-age=3600"
    return response
