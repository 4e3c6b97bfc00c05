"""The plan of a year: its measures, and writing one with its steps, targets and responsible."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ita_portal.thai.periods import Period, fiscal_year_of, parse_period
from measures import permissions
from measures.domain.errors import Invalid, Locked, Stale
from measures.domain.planning import measures as verbs
from measures.domain.planning import review_marks
from measures.domain.planning.required_contents import Part, missing_contents
from measures.domain.recording import percent
from measures.domain.recording.locks import Lock, lock_of_plan
from measures.forms import plan as forms
from measures.forms.rows import Rows, rearranged
from measures.models import (
    AssessmentResult,
    Document,
    DocumentKind,
    Event,
    Finding,
    Measure,
    OfferAnswer,
    Organisation,
    ProgressEntry,
    ReportingRound,
)
from measures.views.access import DeskRequest, attempt, desk_page, own_organisation

# The part of the form of a measure where a mark is mended, by the field that is marked.
SECTIONS = {
    "last_result": "what",
    "title": "what",
    "steps": "steps",
    "responsible": "responsible",
    "period_text": "when",
    "monitoring": "when",
    "targets": "targets",
    "indicator": "from",
    "items": "from",
    "findings": "from",
}

ROWS: dict[str, type[Rows]] = {
    "steps": forms.StepRows,
    "targets": forms.TargetRows,
    "responsible": forms.ResponsibilityRows,
}


def _years(organisation: Organisation) -> list[int]:
    """Return the years that have or can have a plan, newest first.

    Those with measures or a round, this one and the next; the one after the newest plan, and after
    each result and finding, which it answers.
    """
    now = fiscal_year_of(timezone.localdate())
    known = {now, now + 1}
    planned = Measure.objects.of_organisation(organisation).aggregate(last=Max("fiscal_year"))
    if planned["last"]:
        known.add(planned["last"] + 1)
    for rows, after in (
        (Measure.objects.of_organisation(organisation), 0),
        (ReportingRound.objects.of_organisation(organisation), 0),
        (AssessmentResult.objects.of_organisation(organisation), 1),
        (Finding.objects.of_organisation(organisation), 1),
    ):
        known.update(year + after for year in rows.values_list("fiscal_year", flat=True).distinct())
    return sorted(known, reverse=True)


def organisation_with_plan(request: DeskRequest, fiscal_year: int) -> Organisation:
    """Return the organisation in which one works; 404 for a year that its plan has no page of."""
    organisation = own_organisation(request)
    _refuse_unless_in(_years(organisation), fiscal_year)
    return organisation


def _refuse_unless_in(years: list[int], fiscal_year: int) -> None:
    if fiscal_year not in years:
        raise Http404(_("หน่วยงานนี้ไม่มีแผนของปีงบประมาณนี้"))


@require_safe
@desk_page
def newest(request: DeskRequest) -> HttpResponse:
    """Lead to the newest year that has measures; to this year where there are none."""
    organisation = own_organisation(request)
    years = Measure.objects.of_organisation(organisation).order_by("-fiscal_year")
    year = years.values_list("fiscal_year", flat=True).first()
    return redirect("desk:plan", year or fiscal_year_of(timezone.localdate()))


def _percents(organisation: Organisation, fiscal_year: int) -> dict[int, int]:
    """Return how far each measure is in the newest round that has opened, by the measure's id."""
    rounds = ReportingRound.objects.of_organisation(organisation).filter(
        fiscal_year=fiscal_year, opens_on__lte=timezone.localdate()
    )
    entries: dict[int, list[ProgressEntry]] = {}
    for entry in (
        ProgressEntry.objects.filter(round=rounds.order_by("-months").first())
        .select_related("measure")
        .prefetch_related("measure__steps", "step_marks")
    ):
        entries.setdefault(entry.measure_id, []).append(entry)
    return {measure: int(percent.of_measure(found)) for measure, found in entries.items()}


@require_safe
@desk_page
def show(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Show the measures of a year, how far they are, and what was changed after publication."""
    organisation = own_organisation(request)
    years = _years(organisation)
    _refuse_unless_in(years, fiscal_year)
    measures = (
        Measure.objects.of_organisation(organisation)
        .of_year(fiscal_year)
        .prefetch_related("steps", "responsibilities__division__parent", "responsibilities__post")
    )
    percents = _percents(organisation, fiscal_year)
    lock = lock_of_plan(organisation, fiscal_year)
    may_coordinate = permissions.can_coordinate(request.user, organisation)
    rows = [
        (measure, percents.get(measure.pk), review_marks.shown(measure)) for measure in measures
    ]
    context = {
        "organisation": organisation,
        "fiscal_year": fiscal_year,
        "years": years,
        "measures": rows,
        "marked": len([marks for _measure, _percent, marks in rows if marks]),
        "lock": lock,
        "may_coordinate": may_coordinate,
        "is_editable": bool(may_coordinate) and (lock is None or lock.is_amendable),
        "amendments": verbs.amendments_of(organisation, fiscal_year),
        **_state(organisation, fiscal_year),
    }
    return render(request, "desk/plan/show.html", context)


def _state(organisation: Organisation, fiscal_year: int) -> dict[str, Any]:
    """Return what the page says of the plan as a whole: its document, what it lacks, its offers."""
    documents = Document.objects.of_organisation(organisation).filter(
        fiscal_year=fiscal_year, kind=DocumentKind.PLAN
    )
    document = documents.order_by("-pk").first()
    missing = missing_contents(
        organisation, fiscal_year, document if document and document.is_editable() else None
    )
    return {
        "document": document,
        "checklist": [(part, [each for each in missing if each.gap.part == part]) for part in Part],
        "is_complete": not missing,
        # Of every year: the list behind it shows all of them.
        "offers_waiting": organisation.offers.filter(answer=OfferAnswer.WAITING).count(),
        "supervises": organisation.supervised.exists(),
    }


@dataclass
class _Page:
    """One measure on its page: the form, its rows, and what stands in the way."""

    measure: Measure
    lock: Lock | None
    form: forms.MeasureForm
    rows: dict[str, Rows]

    def is_valid(self) -> bool:
        """Return whether form and rows can be read; asks all of them, to show every fault."""
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def period(self) -> Period | None:
        """Return what is read of the period that is shown."""
        text = str(self.form["period_text"].value() or "")
        return parse_period(text, fiscal_year=self.measure.fiscal_year) if text.strip() else None

    def save(self, request: DeskRequest) -> Measure:
        """Store what was typed by the verb."""
        typed, measure, form = self.form.cleaned_data, self.measure, self.form
        measure.fiscal_year = typed.get("fiscal_year", measure.fiscal_year)
        for name in ("number", "title", "indicator", "monitoring"):
            setattr(measure, name, typed[name])
        if measure._state.adding or measure.period_text != typed["period_text"]:
            # A period that stays keeps the days that were entered by hand.
            period = form.period()
            measure.starts_on, measure.ends_on = period.start, period.end
        measure.period_text = typed["period_text"]
        return verbs.save_measure(
            measure,
            by=request.user,
            steps=forms.planned_steps(self.rows["steps"]),
            targets=forms.planned_targets(self.rows["targets"]),
            responsibilities=forms.planned_responsibilities(self.rows["responsible"]),
            items=typed["items"],
            findings=typed["findings"],
            amendment_reason=typed.get("amendment_reason", ""),
            seen=typed["seen"],
        )


def _page(
    measure: Measure,
    *,
    data: Any = None,
    initial: dict[str, Any] | None = None,
    rows: dict[str, list[dict[str, Any]]] | None = None,
) -> _Page:
    """Return the page of a measure: filled as typed (``data``), or from what is given."""
    organisation = measure.organisation
    lock = lock_of_plan(organisation, measure.fiscal_year)
    return _Page(
        measure,
        lock,
        forms.MeasureForm(
            data,
            initial=initial or {},
            organisation=organisation,
            fiscal_year=measure.fiscal_year,
            is_stored=measure.pk is not None,
            is_amendment=lock is not None and lock.is_amendable,
        ),
        {
            kind: formset(
                data,
                initial=(rows or {}).get(kind),
                prefix=kind,
                form_kwargs={"organisation": organisation} if kind == "responsible" else {},
            )
            for kind, formset in ROWS.items()
        },
    )


def _stored_page(measure: Measure) -> _Page:
    initial = forms.initial_of(measure) | {"seen": verbs.state_of(measure)}
    return _page(measure, initial=initial, rows=forms.rows_of(measure))


def _rearranged_page(request: DeskRequest, measure: Measure, act: str) -> _Page:
    """Return the page as typed, with a row more, less or elsewhere; nothing is stored."""
    lists = ("items", "findings")
    initial: dict[str, Any] = {
        name: request.POST.getlist(name) if name in lists else value
        for name, value in request.POST.items()
    }
    rows = {kind: rearranged(request.POST, act, kind) for kind in ROWS}
    return _page(measure, initial=initial, rows=rows)


def _show_page(request: DeskRequest, page: _Page, status: int = 200) -> HttpResponse:
    measure = page.measure
    may_coordinate = permissions.can_coordinate(request.user, measure.organisation)
    is_open = page.lock is None or page.lock.is_amendable
    amendments: QuerySet[Event] = Event.objects.none()
    if measure.pk is not None:
        amendments = verbs.amendments_of(measure.organisation, measure.fiscal_year).filter(
            target_type="measure", target_id=measure.pk
        )
    context = {
        "measure": measure,
        "page": page,
        "form": page.form,
        "rows": page.rows,
        "lock": page.lock,
        "may_coordinate": may_coordinate,
        "is_editable": is_open and bool(may_coordinate),
        "amendments": amendments,
        "marks": [(mark, SECTIONS.get(mark.field, "what")) for mark in review_marks.shown(measure)],
    }
    return render(request, "desk/plan/measure.html", context, status=status)


def _answer(request: DeskRequest, measure: Measure) -> HttpResponse:
    """Store what was typed, or show it again with what stands against it."""
    permissions.can_coordinate(request.user, measure.organisation).or_raise()
    act = request.POST.get("act", "")
    if act:
        return _show_page(request, _rearranged_page(request, measure, act))
    page = _page(measure, data=request.POST)
    if not page.is_valid():
        return _show_page(request, page, status=422)
    try:
        stored = page.save(request)
    except (Invalid, Locked) as refusal:
        page.form.add_error(None, str(refusal))
        return _show_page(request, page, status=422)
    except Stale as refusal:
        # The next saving is over what is stored now.
        typed = request.POST.copy()
        typed["seen"] = verbs.state_of(measure)
        page = _page(measure, data=typed)
        page.form.add_error(None, str(refusal))
        return _show_page(request, page, status=409)
    messages.success(request, _("บันทึกมาตรการแล้ว"))
    return redirect("desk:measure", stored.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new_measure(request: DeskRequest) -> HttpResponse:
    """Write a new measure into a year's plan (``?fiscal_year=``)."""
    organisation = own_organisation(request)
    permissions.can_coordinate(request.user, organisation).or_raise()
    year = _asked_year(request)
    measure = Measure(organisation=organisation, fiscal_year=year)
    if request.method == "POST":
        return _answer(request, measure)
    page = _page(
        measure,
        initial={"fiscal_year": year, "number": verbs.next_number(organisation, year)},
        rows={"steps": [{}, {}], "responsible": [{}]},
    )
    return _show_page(request, page)


def _asked_year(request: DeskRequest) -> int:
    """Return the year that the form or the address names; this fiscal year where none is."""
    typed = request.POST.get("fiscal_year") or request.GET.get("fiscal_year", "")
    field = forms.WholeNumberField(max_length=4)
    try:
        year = field.clean(typed)
    except ValidationError:
        year = None
    return year or fiscal_year_of(timezone.localdate())


def own_measure(request: DeskRequest, pk: int) -> Measure:
    """Return a measure of the office in which one works, or 404."""
    visible = Measure.objects.visible_to(request.user).select_related("organisation", "indicator")
    return get_object_or_404(visible, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def measure(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one measure of the plan; the coordinator changes it while nothing locks it."""
    shown = own_measure(request, pk)
    if request.method == "POST":
        return _answer(request, shown)
    return _show_page(request, _stored_page(shown))


@require_POST
@desk_page
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a measure that nobody has reported on out of the plan."""
    shown = own_measure(request, pk)
    reason = request.POST.get("amendment_reason", "")
    back = redirect("desk:plan", shown.fiscal_year)["Location"]
    return attempt(
        request,
        lambda: verbs.delete_measure(shown, by=request.user, amendment_reason=reason),
        success=_("ลบมาตรการแล้ว"),
        back=back,
    )
