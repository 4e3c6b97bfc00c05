"""The result of a year: typed, pasted or brought as a file, and recomputed beside what was told."""

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ita_portal.thai.periods import fiscal_year_of
from measures import permissions
from measures.domain.errors import Invalid, Stale
from measures.domain.hashes import sha256_of
from measures.domain.importing import uploads
from measures.domain.scoring import entering, score_imports
from measures.domain.scoring.framework_tree import tree_of
from measures.domain.scoring.results import values_of
from measures.domain.scoring.score_tables import lines_of_text
from measures.forms import results as forms
from measures.models import (
    AssessmentResult,
    FileImport,
    Framework,
    ImportKind,
    Organisation,
)
from measures.resources.cells import neutralised
from measures.views import kept_texts, result_pages
from measures.views.access import DeskRequest, attempt, desk_page, own_organisation


def years_of(organisation: Organisation) -> list[int]:
    """Return this year, the last, and those that are assessed or have a result, newest first."""
    now = fiscal_year_of(timezone.localdate())
    known = {now, now - 1, *Framework.objects.values_list("fiscal_year", flat=True)}
    own = AssessmentResult.objects.of_organisation(organisation)
    known.update(own.values_list("fiscal_year", flat=True))
    return sorted(known, reverse=True)


def own_year(request: DeskRequest, fiscal_year: int) -> tuple[Organisation, list[int]]:
    """Return the person's office and its years, or answer 404 where the year is none of them."""
    organisation = own_organisation(request)
    years = years_of(organisation)
    if fiscal_year not in years:
        raise Http404(_("ไม่มีการประเมินของปีงบประมาณนี้"))
    return organisation, years


@require_safe
@desk_page
def newest(request: DeskRequest) -> HttpResponse:
    """Lead to the newest year that has a result; to last year's where there is none."""
    results = AssessmentResult.objects.of_organisation(own_organisation(request))
    year = results.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    return redirect("desk:result", year or fiscal_year_of(timezone.localdate()) - 1)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def show(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Show the result of a year beside what follows from it; the coordinator types it."""
    organisation, years = own_year(request, fiscal_year)
    if request.method == "POST":
        permissions.can_manage(request.user, organisation).or_raise()
        level = score_imports.result_of(organisation, fiscal_year).level
        form = forms.ResultForm(request.POST, tree=tree_of(fiscal_year), level=level)
        return _save(request, organisation, years, form)
    kept = kept_texts.take(request)
    form = _stored_form(organisation, fiscal_year)
    form.initial.update(kept)
    return _show(request, organisation, years, form, pasted=kept.get("text", ""))


def _stored_form(organisation: Organisation, fiscal_year: int) -> forms.ResultForm:
    """Return the form of a year as it is stored."""
    result = score_imports.result_of(organisation, fiscal_year)
    initial = forms.initial_of(result, values_of(result)) | {"seen": entering.state_of(result)}
    return forms.ResultForm(initial=initial, tree=tree_of(fiscal_year), level=result.level)


def _save(
    request: DeskRequest, organisation: Organisation, years: list[int], form: forms.ResultForm
) -> HttpResponse:
    """Store what was typed, or show it again with what stands against it."""
    year = form.tree.fiscal_year
    if not form.is_valid():
        return _show(request, organisation, years, form, status=422)
    result = form.put_into(score_imports.result_of(organisation, year))
    try:
        entering.save_result(
            result, by=request.user, scores=form.scores(), seen=form.cleaned_data["seen"]
        )
    except Invalid as refusal:
        form.add_error(None, str(refusal))
        return _show(request, organisation, years, form, status=422)
    except Stale as refusal:
        # The next saving is over what is stored now, which the page shows above.
        typed = request.POST.copy()
        typed["seen"] = entering.state_of(score_imports.result_of(organisation, year))
        form = forms.ResultForm(typed, tree=form.tree, level=result.level)
        form.add_error(None, str(refusal))
        return _show(request, organisation, years, form, status=409)
    messages.success(request, _("บันทึกผลการประเมินแล้ว"))
    return redirect("desk:result", year)


def _show(
    request: DeskRequest,
    organisation: Organisation,
    years: list[int],
    form: forms.ResultForm,
    *,
    pasted: str = "",
    file: forms.ScoreFileForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page of a year: what is stored and what follows, and the form as it is now."""
    result = score_imports.result_of(organisation, form.tree.fiscal_year)
    values = values_of(result)
    context = {
        "organisation": organisation,
        "fiscal_year": form.tree.fiscal_year,
        "years": years,
        "result": result,
        "tree": form.tree,
        "form": form,
        "paste": forms.PasteForm(initial={"text": pasted}),
        "file": file or forms.ScoreFileForm(),
        "may_manage": permissions.can_manage(request.user, organisation),
        "figures": result_pages.figures_of(result, form.tree, values),
        "groups": result_pages.groups_of(form.tree, values, form),
    }
    return render(request, "desk/results/show.html", context, status=status)


@require_safe
@desk_page
def as_csv(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Answer the scores of a year as a table, which can be filled and brought in again."""
    organisation, _years = own_year(request, fiscal_year)
    result = score_imports.result_of(organisation, fiscal_year)
    name = f"scores-{organisation.slug}-{fiscal_year}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
    response.write("\ufeff")  # without it, Excel reads Thai as something else
    writer = csv.writer(response)
    for row in score_imports.rows_of(result, tree_of(fiscal_year), values_of(result)):
        writer.writerow([neutralised(cell) for cell in row])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def paste(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Read a pasted text, show what it says line by line, and store it once confirmed."""
    organisation, _years = own_year(request, fiscal_year)
    permissions.can_manage(request.user, organisation).or_raise()
    form = forms.PasteForm(request.POST or None, initial=kept_texts.take(request))
    page: dict[str, Any] = {"organisation": organisation, "fiscal_year": fiscal_year, "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "desk/results/paste.html", page, status=status)
    text = form.cleaned_data["text"]
    reading = score_imports.reading_of_lines(lines_of_text(text), tree_of(fiscal_year))
    status = 200
    if request.POST.get("act") == "confirm" and form.cleaned_data["checked"] == sha256_of(text):
        try:
            score_imports.store(
                reading,
                organisation,
                fiscal_year,
                by=request.user,
                seen=form.cleaned_data["seen"],
            )
        except (Invalid, Stale) as refusal:
            form.add_error(None, str(refusal))
            status = 409 if isinstance(refusal, Stale) else 422
        else:
            messages.success(request, _("บันทึกคะแนนที่วางไว้แล้ว"))
            return redirect("desk:result", fiscal_year)
    elif request.POST.get("act") == "confirm":
        form.add_error(None, _("ข้อความเปลี่ยนไปจากที่แสดง โปรดตรวจสิ่งที่อ่านได้ด้านล่างแล้วยืนยันอีกครั้ง"))
        status = 422
    if reading.is_empty() and not form.errors:
        form.add_error(None, str(score_imports.nothing_read()))
        status = 422
    result = score_imports.result_of(organisation, fiscal_year)
    page |= {
        "seen": entering.state_of(result),
        "checked": sha256_of(text),
        "preview": result_pages.preview_of(result, reading),
    }
    return render(request, "desk/results/paste.html", page, status=status)


@require_POST
@desk_page
def upload(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Read a file of scores and keep it to be confirmed."""
    organisation, years = own_year(request, fiscal_year)
    permissions.can_manage(request.user, organisation).or_raise()
    form = forms.ScoreFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staged = score_imports.stage(
                uploads.bytes_of(file),
                name=file.name,
                organisation=organisation,
                fiscal_year=fiscal_year,
                by=request.user,
            )
        except Invalid as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("desk:score_import", staged.pk)
    stored = _stored_form(organisation, fiscal_year)
    return _show(request, organisation, years, stored, file=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def score_import(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what a kept file says; store it, or give it up."""
    visible = FileImport.objects.visible_to(request.user).filter(kind=ImportKind.SCORES)
    kept = get_object_or_404(visible.select_related("organisation"), pk=pk)
    permissions.can_manage(request.user, kept.organisation).or_raise()
    assert kept.organisation is not None  # staged for an office and a year
    assert kept.fiscal_year is not None
    back = redirect("desk:result", kept.fiscal_year)["Location"]
    if request.method == "POST" and request.POST.get("act") == "discard":
        return attempt(
            request,
            lambda: uploads.discard(kept, by=request.user),
            success=_("ยกเลิกไฟล์แล้ว ไม่มีสิ่งใดถูกบันทึก"),
            back=back,
        )
    refusal, status = "", 200
    if request.method == "POST":
        try:
            score_imports.confirm(kept, by=request.user, seen=request.POST.get("seen", ""))
        except (Invalid, Stale) as reason:
            refusal, status = str(reason), 409 if isinstance(reason, Stale) else 422
        else:
            messages.success(request, _("บันทึกคะแนนจากไฟล์แล้ว"))
            return redirect(back)
    result = score_imports.result_of(kept.organisation, kept.fiscal_year)
    context = {
        "organisation": kept.organisation,
        "fiscal_year": kept.fiscal_year,
        "kept": kept,
        "refusal": refusal,
        "seen": entering.state_of(result),
        "preview": result_pages.preview_of(result, score_imports.reading_of(kept)),
    }
    return render(request, "desk/results/file.html", context, status=status)
