"""The page of one entry: what was done for one measure by one division in one round."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures import permissions
from measures.domain.errors import Conflict, Invalid, Locked
from measures.domain.recording import guidance, percent, progress
from measures.domain.recording.entry_fields import TEXT_FIELDS
from measures.domain.recording.locks import lock_of_entry
from measures.domain.signing import signoff_comments
from measures.forms.progress import ProgressForm
from measures.models import (
    Guidance,
    ProgressEntry,
    ProgressStatus,
    SignoffComment,
    Step,
    Target,
)
from measures.views import evidence, kept_texts
from measures.views.access import DeskRequest, desk_page


@dataclass(frozen=True)
class ShownField:
    """One field of the page with all that stands around it."""

    name: str
    control: BoundField
    version: BoundField
    stored: str
    before: str  # last round's text
    before_shown: str
    comments: list[SignoffComment]
    guidance: Guidance | None = None
    step: Step | None = None
    target: Target | None = None


def own_entry(request: DeskRequest, pk: int) -> ProgressEntry:
    """Return an entry of the person's own office, or raise Http404."""
    visible = (
        ProgressEntry.objects.visible_to(request.user)
        .select_related("measure__organisation", "division", "round__organisation", "updated_by")
        .prefetch_related("measure__steps", "measure__targets", "step_marks", "target_values")
    )
    return get_object_or_404(visible, pk=pk)


def _shown_fields(
    entry: ProgressEntry,
    form: ProgressForm,
    previous: ProgressEntry | None,
    comments: dict[str, list[SignoffComment]],
) -> dict[str, ShownField]:
    texts = guidance.guidance_for(entry.measure.organisation)
    before = progress.texts_before(entry, previous) if previous else {}
    steps = {f"step-{step.pk}": step for step in entry.measure.steps.all()}
    targets = {f"target-{target.pk}": target for target in entry.measure.targets.all()}
    return {
        name: ShownField(
            name=name,
            control=form[name],
            version=form[f"version-{name}"],
            stored=form.stored(name),
            before=before.get(name, ""),
            before_shown=str(ProgressStatus(before[name]).label)
            if name == "status" and before.get(name)
            else before.get(name, ""),
            comments=comments.get(name, []),
            guidance=texts.get(name),
            step=steps.get(name),
            target=targets.get(name),
        )
        for name in (*TEXT_FIELDS, *steps, *targets)
    }


def _render_entry(
    request: DeskRequest,
    entry: ProgressEntry,
    *,
    form: ProgressForm,
    conflict: Conflict | None = None,
    is_shown_again: bool = True,
    status: int = 200,
) -> HttpResponse:
    lock = lock_of_entry(entry, by=request.user)
    may_record = permissions.can_record(request.user, entry)
    is_editable = lock is None and bool(may_record)
    previous = progress.previous_entry(entry)
    comments = signoff_comments.comments_of(entry)
    shown = _shown_fields(entry, form, previous, comments)
    context = {
        "entry": entry,
        "comments": comments,
        "measure": entry.measure,
        "form": form,
        "is_shown_again": is_shown_again,  # typed, and not stored
        "fields": shown,
        "texts": [shown[name] for name in TEXT_FIELDS if name != "status"],
        "long_texts": [shown[name] for name in ("result", "outcome", "suggestion")],
        "steps": [field for field in shown.values() if field.step],
        "targets": [field for field in shown.values() if field.target],
        "percent": int(percent.of_entry(entry)),
        "previous": previous,
        "conflict": conflict,
        "lock": lock,
        "may_record": may_record,
        "is_editable": is_editable,
        "may_coordinate": permissions.can_coordinate(request.user, entry.measure.organisation),
        **evidence.section_of(request, entry, is_editable=is_editable),
    }
    return render(request, "desk/progress/entry.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def entry(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one entry, or store the whole form; a conflict shows both texts."""
    shown = own_entry(request, pk)
    if request.method != "POST":
        form = ProgressForm(entry=shown)
        kept = kept_texts.take(request)
        if kept:
            form.initial.update(kept)
            messages.info(request, _("นี่คือข้อความที่พิมพ์ไว้ก่อนหมดเวลา ยังไม่ได้บันทึก โปรดตรวจแล้วกดบันทึก"))
        return _render_entry(request, shown, form=form, is_shown_again=bool(kept))
    permissions.can_record(request.user, shown).or_raise()
    typed = request.POST.copy()
    copied = typed.get("copy", "")
    if copied:
        previous = progress.previous_entry(shown)
        typed[copied] = progress.texts_before(shown, previous).get(copied, "") if previous else ""
    form = ProgressForm(typed, entry=shown)
    if not form.is_valid():
        return _render_entry(request, shown, form=form, status=422)
    try:
        progress.record(shown, by=request.user, **form.saving())
    except Conflict as conflict:
        # The next saving is over the version now shown beside the typed text.
        for name, text in conflict.merged.items():
            typed[name] = text
            typed[f"version-{name}"] = str(conflict.current.version)
        typed["version"] = str(conflict.current.version)
        form = ProgressForm(typed, entry=shown)
        messages.warning(request, str(conflict))
        return _render_entry(request, shown, form=form, conflict=conflict, status=409)
    except (Invalid, Locked) as refusal:
        form.add_error(None, str(refusal))
        return _render_entry(request, shown, form=form, status=422)
    messages.success(request, _("บันทึกแล้ว"))
    return redirect("desk:entry", shown.pk)
