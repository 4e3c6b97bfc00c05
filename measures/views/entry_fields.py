"""Saving one field of an entry by itself: answers a script with a small part of the page."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from measures import permissions
from measures.domain.errors import Conflict, Invalid, Locked
from measures.domain.recording import percent, progress
from measures.domain.recording.entry_fields import field_of
from measures.forms.progress import CopyForm, FieldForm
from measures.models import ProgressEntry
from measures.views.access import DeskRequest, desk_page, is_part_of_a_page
from measures.views.progress import own_entry

VERSION_HEADER = "Entry-Version"  # what the script writes its next saving over


@require_POST
@desk_page
def save(request: DeskRequest, pk: int, field: str) -> HttpResponse:
    """Store one field; a conflict shows both texts, a refusal its reason."""
    shown = own_entry(request, pk)
    permissions.can_record(request.user, shown).or_raise()
    form = FieldForm(request.POST)
    if not form.is_valid():
        return _refused(request, _("คำขอบันทึกไม่ครบถ้วน โปรดเปิดหน้านี้ใหม่ ข้อความที่พิมพ์ยังอยู่ในเครื่องนี้"))
    typed = form.cleaned_data
    return _answer(
        request,
        field,
        lambda: progress.save_field(shown, field, by=request.user, **typed),
    )


@require_POST
@desk_page
def copy(request: DeskRequest, pk: int, field: str) -> HttpResponse:
    """Store last round's text in the field."""
    shown = own_entry(request, pk)
    permissions.can_record(request.user, shown).or_raise()
    form = CopyForm(request.POST)
    if not form.is_valid():
        return _refused(request, _("คำขอคัดลอกไม่ครบถ้วน โปรดเปิดหน้านี้ใหม่"))
    return _answer(
        request,
        field,
        lambda: progress.copy_forward(shown, field, by=request.user, **form.cleaned_data),
    )


def _answer(request: DeskRequest, name: str, saving: Callable[[], ProgressEntry]) -> HttpResponse:
    try:
        saved = saving()
    except Conflict as conflict:
        shown = {"conflict": conflict.fields[0]}
        response = render(request, "desk/progress/_field_answer.html", shown, status=409)
        response[VERSION_HEADER] = str(conflict.current.version)
        return response
    except (Invalid, Locked) as refusal:
        return _refused(request, str(refusal))
    if not is_part_of_a_page(request):
        return redirect("desk:entry", saved.pk)
    context = {
        "saved_at": f"{timezone.localtime():%H.%M}",
        "stored": field_of(saved, name).stored(saved),
        "percent": int(percent.of_entry(saved)),
    }
    response = render(request, "desk/progress/_field_answer.html", context)
    response[VERSION_HEADER] = str(saved.version)
    return response


def _refused(request: DeskRequest, problem: str) -> HttpResponse:
    return render(request, "desk/progress/_field_answer.html", {"problem": problem}, status=422)
