"""A plan or report as a file: uploaded, shown beside its source, corrected and confirmed."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures import permissions
from measures.domain.errors import Invalid, Locked, Stale
from measures.domain.importing import plan_changes, plan_imports, uploads
from measures.domain.importing.plan_preview import (
    cards_of,
    picture_rows_of,
    pictures_elsewhere,
    places_to_check,
    warnings_by_place,
)
from measures.domain.importing.plan_preview_pages import page_of
from measures.domain.importing.plan_preview_source import source_of
from measures.domain.importing.staged_plans import (
    ADD,
    IDENTICAL,
    LEAVE,
    REPLACE,
    StagedPlan,
)
from measures.forms.plan_imports import (
    DraftMeasureForm,
    ImportChoicesForm,
    PlanFileForm,
)
from measures.models import FileImport, ImportKind, ReportingRound
from measures.resources.round_kit_returns import is_kit
from measures.views import kept_texts, round_kits
from measures.views.access import DeskRequest, desk_page, own_organisation
from measures.views.imports import own_import


def own_plan_import(request: DeskRequest, pk: int) -> FileImport:
    """Return an import of a plan for the coordinator, or answer 404."""
    found = own_import(request, pk)
    if found.kind != ImportKind.PLAN:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new(request: DeskRequest) -> HttpResponse:
    """Take the file and read it; a file that cannot be read leaves nothing behind."""
    organisation = own_organisation(request)
    permissions.can_coordinate(request.user, organisation).or_raise()
    form = PlanFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            data = uploads.bytes_of(upload)
            if is_kit(data):  # its own page is not the only way back
                return round_kits.led_to(
                    round_kits.stage_file(
                        data, name=upload.name, organisation=organisation, by=request.user
                    )
                )
            staged = plan_imports.stage(
                data,
                name=upload.name,
                organisation=organisation,
                by=request.user,
                fiscal_year=form.cleaned_data["fiscal_year"],
            )
        except Invalid as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("desk:plan_import", staged.pk)
    context = {
        "form": form,
        "organisation": organisation,
        "most_megabytes": uploads.most_megabytes(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/imports/plan_new.html", context, status=status)


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what was read beside the file; once it is stored, what became of it."""
    found = own_plan_import(request, pk)
    if found.confirmed_at is not None:
        return _done(request, found)
    return _preview(request, found, kept=kept_texts.take(request))


def _preview(
    request: DeskRequest,
    found: FileImport,
    *,
    measure_form: DraftMeasureForm | None = None,
    choices_form: ImportChoicesForm | None = None,
    kept: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the preview; ``kept`` is what was typed into a session that had run out."""
    examination = plan_imports.examination_of(found)
    staged = examination.staged
    kept = kept or {}
    place = whole_number(kept.get("place") or request.GET.get("place"))
    if measure_form is not None:
        place = measure_form.intended.place
    page = page_of(examination, request.GET.get("page"), place=place)
    forms = {}
    for each in page:
        is_kept = kept.get("place") == str(each.place)
        typed = {**kept, "version": str(found.version)} if is_kept else None
        forms[each.place] = DraftMeasureForm(typed, intended=each, version=found.version)
    if measure_form is not None:
        forms[place] = measure_form
    warnings = warnings_by_place(examination)
    context = {
        "file_import": found,
        "staged": staged,
        "examination": examination,
        "page": page,
        "cards": cards_of(examination, forms, warnings),
        "source": source_of(staged, forms),
        "pictures_elsewhere": pictures_elsewhere(staged),
        "general_warnings": warnings.get(0, []),
        "places_to_check": places_to_check(warnings),
        "choices_form": choices_form
        or ImportChoicesForm(
            None,
            examination=examination,
            version=found.version,
            kept=kept if "fiscal_year" in kept else None,
        ),
        "is_confirmable": examination.lock is None or examination.lock.is_amendable,
    }
    return render(request, "desk/imports/plan.html", context, status=status)


def _done(request: DeskRequest, found: FileImport) -> HttpResponse:
    staged = StagedPlan.of(found)
    rounds = ReportingRound.objects.of_organisation(found.organisation)
    context = {
        "file_import": found,
        "staged": staged,
        "report": found.report,
        "rows": picture_rows_of(found, staged),
        "rounds": rounds.filter(fiscal_year=found.fiscal_year),
    }
    return render(request, "desk/imports/plan_done.html", context)


def whole_number(typed: str | None, otherwise: int = 0) -> int:
    """Return the number that a link or a hidden field names, or else ``otherwise``."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() else otherwise


def version_of(request: DeskRequest) -> int:
    """Return the version of the preview on which a button was pressed; -1 fits none."""
    return whole_number(request.POST.get("version"), -1)


def told_as_stored(request: DeskRequest, found: FileImport) -> HttpResponse:
    """Lead whoever presses on an old page (twice, or after going back) to what was stored."""
    messages.warning(request, _("ไฟล์นี้ยืนยันนำเข้าไปแล้ว จึงไม่ทำซ้ำ หากต้องแก้ไขโปรดแก้ที่แผน หรือนำเข้าไฟล์ใหม่"))
    return redirect(address_of(found))


@require_POST
@desk_page
def correct_measure(request: DeskRequest, pk: int, place: int) -> HttpResponse:
    """Keep the values of one measure as they were typed."""
    found = own_plan_import(request, pk)
    if found.confirmed_at is not None:
        return told_as_stored(request, found)
    examination = plan_imports.examination_of(found)
    if not 1 <= place <= len(examination.measures):
        raise Http404
    intended = examination.measures[place - 1]
    form = DraftMeasureForm(request.POST, intended=intended, version=found.version)
    if form.is_valid():
        try:
            plan_imports.correct(
                found,
                by=request.user,
                version=form.cleaned_data["version"],
                changes=form.changes(),
            )
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        except Stale as refusal:
            form = DraftMeasureForm(
                _over_newest(request, found), intended=intended, version=found.version
            )
            form.add_error(None, str(refusal))
            return _preview(request, found, measure_form=form, status=409)
        else:
            messages.success(request, _("บันทึกการแก้ไขในตัวอย่างแล้ว"))
            return redirect(address_of(found, f"measure-{place}", place=place))
    return _preview(request, found, measure_form=form, status=422)


def _over_newest(request: DeskRequest, found: FileImport) -> QueryDict:
    """Return what was typed, to be saved over what is kept now."""
    typed = request.POST.copy()
    typed["version"] = str(found.version)
    return typed


def address_of(found: FileImport, part: str = "", *, place: int = 0) -> str:
    """Return the address of the import's page, at ``part`` of it, with the measure at ``place``."""
    address = reverse("desk:plan_import", args=[found.pk])
    asked = f"?place={place}" if place else ""
    return address + asked + (f"#{part}" if part else "")


@require_POST
@desk_page
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Do what one button of the preview says: take a proposal, join, add, move, leave out."""
    found = own_plan_import(request, pk)
    act, _dash, rest = request.POST.get("act", "").partition("-")
    numbers = [int(part) for part in rest.split("-") if part.isascii() and part.isdigit()]
    changed = _change(act, numbers, whole_number(request.POST.get("to")))
    if changed is None:
        raise Http404
    try:
        plan_imports.correct(found, by=request.user, version=version_of(request), changes=[changed])
    except (Invalid, Stale) as refusal:
        messages.error(request, str(refusal))
    back = request.POST.get("back", "")
    return redirect(
        address_of(
            found,
            back if back.replace("-", "").isalnum() else "",
            place=whole_number(request.POST.get("near")),
        )
    )


def _change(act: str, numbers: list[int], to: int) -> plan_changes.Change | None:
    """Return the change that a button names, with the number in its name; None for nonsense."""
    if len(numbers) != 1:
        return None
    number = numbers[0]
    acts: dict[str, plan_changes.Change] = {
        "proposal": plan_changes.ProposalTaken(number),
        "join": plan_changes.JoinedToPrevious(number),
        "add": plan_changes.AddedAfter(number),
        "move": plan_changes.CellMoved(number, to),
        "year": plan_changes.Chosen({"fiscal_year": number}),
        "number_identical": plan_changes.NumberTaken(number, IDENTICAL),
        "number_replace": plan_changes.NumberTaken(number, REPLACE),
        "number_add": plan_changes.NumberTaken(number, ADD),
        "number_leave": plan_changes.NumberTaken(number, LEAVE),
        "leave": plan_changes.Corrected(number, {"is_left_out": True}),
        "take": plan_changes.Corrected(number, {"is_left_out": False}),
    }
    return acts.get(act)


@require_POST
@desk_page
def confirm(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep the choices about the file, and with the second button store everything."""
    found = own_plan_import(request, pk)
    if found.confirmed_at is not None:
        return told_as_stored(request, found)
    examination = plan_imports.examination_of(found)
    form = ImportChoicesForm(request.POST, examination=examination, version=found.version)
    if not form.is_valid():
        return _preview(request, found, choices_form=form, status=422)
    is_confirmed = request.POST.get("act") == "confirm"
    try:
        with transaction.atomic():
            kept = plan_imports.correct(
                found,
                by=request.user,
                version=form.cleaned_data["version"],
                changes=[form.change()],
            )
            if is_confirmed:
                plan_imports.confirm(
                    kept,
                    by=request.user,
                    version=kept.version,
                    amendment_reason=form.cleaned_data.get("amendment_reason", ""),
                )
    except Stale as refusal:
        form = ImportChoicesForm(
            _over_newest(request, found), examination=examination, version=found.version
        )
        form.add_error(None, str(refusal))
        return _preview(request, found, choices_form=form, status=409)
    except (Invalid, Locked) as refusal:
        found = own_plan_import(request, pk)
        if found.confirmed_at is not None:  # by somebody else in this very moment
            return told_as_stored(request, found)
        form.add_error(None, str(refusal))
        return _preview(request, found, choices_form=form, status=422)
    messages.success(
        request, _("นำเข้าเรียบร้อยแล้ว") if is_confirmed else _("บันทึกตัวเลือกแล้ว ยังไม่ได้นำเข้า")
    )
    return redirect(address_of(found, "" if is_confirmed else "choices"))
