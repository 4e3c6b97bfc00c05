"""The history of the office and of one thing, and its list as a file."""

import csv
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.domain import history
from measures.domain.history import Line
from measures.domain.records import organisation_of_record
from measures.forms.history import HistoryForm
from measures.models import (
    Document,
    Event,
    Measure,
    Organisation,
    Post,
    ProgressEntry,
    ReportingRound,
)
from measures.models.events import EventQuerySet
from measures.resources.base import neutralised
from measures.views.access import DeskRequest, desk_page, own_organisation

EVENTS_PER_PAGE = 25
MOST_IN_A_FILE = 20_000  # rows; a longer list is narrowed by days first
ROWS_AT_ONCE = 500

# The things that have a history page of their own, by the word in its address.
HISTORIES: dict[str, type[models.Model]] = {
    "document": Document,
    "entry": ProgressEntry,
    "measure": Measure,
    "post": Post,
    "round": ReportingRound,
}
_WORDS = {model._meta.model_name: word for word, model in HISTORIES.items()}


def _with_addresses(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return each line with the address of the history of what it is about, where it has one."""
    return [
        {
            "line": line,
            "address": reverse(
                "desk:history_of", args=[_WORDS[line.event.target_type], line.event.target_id]
            )
            if line.event.target_type in _WORDS
            else "",
        }
        for line in lines
    ]


def _events(keys: Iterable[int]) -> list[Event]:
    """Return the events of these keys in their order."""
    wanted = list(keys)
    found = Event.objects.in_bulk(wanted)
    return [found[key] for key in wanted]


def _asked_for(request: DeskRequest, events: EventQuerySet) -> tuple[HistoryForm, history.Found]:
    form = HistoryForm(
        request.GET, kinds=history.kinds_in(events), people=history.actors_in(events)
    )
    return form, history.find(events, form.filters())


@require_safe
@desk_page
def index(request: DeskRequest) -> HttpResponse:
    """Show what happened in the office, newest first, as far as this person may read it."""
    organisation = own_organisation(request)
    events = history.visible_events(request.user, organisation)
    form, found = _asked_for(request, events)
    page = Paginator(found.keys, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "form": form,
        "page": page,
        "rows": _with_addresses(history.lines_of(_events(page))),
        "is_cut": found.is_cut,
        "is_filtered": any(form.cleaned_data.values()),
        "sees_everything": history.sees_everything(request.user, organisation),
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/history/index.html", context)


@require_safe
@desk_page
def as_csv(request: DeskRequest) -> HttpResponse:
    """Answer the same list as a file that a spreadsheet opens: one row an event."""
    organisation = own_organisation(request)
    events = history.visible_events(request.user, organisation)
    _form, found = _asked_for(request, events)
    day = timezone.localdate().isoformat()
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="history-{organisation.slug}-{day}.csv"',
            "Cache-Control": "private, no-store",
        },
    )
    response.write("\ufeff")  # without it, Excel reads Thai as something else
    writer = csv.writer(response)
    writer.writerow(["เมื่อ", "ผู้กระทำ", "ในฐานะ", "เหตุการณ์", "ก่อนและหลัง", "หมายเหตุ"])
    keys = list(found.keys[:MOST_IN_A_FILE])
    for start in range(0, len(keys), ROWS_AT_ONCE):
        for line in history.lines_of(_events(keys[start : start + ROWS_AT_ONCE])):
            writer.writerow([neutralised(cell) for cell in _cells(line)])
    return response


def _cells(line: Line) -> list[str]:
    return [
        timezone.localtime(line.at()).strftime("%Y-%m-%d %H:%M:%S"),
        line.event.actor_name,
        line.event.capacity,
        line.did,
        "\n".join(change.sentence() for change in line.changes),
        "\n".join(f"{note.label}: {note.text}" for note in line.notes),
    ]


@require_safe
@desk_page
def of_thing(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    """Show what happened to one thing; to one that has been deleted too."""
    if kind not in HISTORIES:
        raise Http404
    model = HISTORIES[kind]
    thing = model._default_manager.visible_to(request.user).filter(pk=pk).first()  # type: ignore[attr-defined]
    if thing is None:
        events = history.visible_events(request.user, own_organisation(request)).filter(
            target_type=model._meta.model_name, target_id=pk
        )
        if not events.exists():
            raise Http404
    else:
        organisation = _organisation_of(thing)
        if isinstance(thing, Post):
            history.sees_everything(request.user, organisation).or_raise()
        events = history.events_of(thing, organisation)
    page = Paginator(events.values_list("pk", flat=True), EVENTS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    lines = history.lines_of(_events(page))
    context = {
        "name": str(thing) if thing is not None else lines[0].event.target_name,
        "kind": model._meta.verbose_name,
        "address": _address_of(kind, pk) if thing is not None else "",
        "page": page,
        "rows": [{"line": line, "address": ""} for line in lines],
    }
    return render(request, "desk/history/of_thing.html", context)


def _organisation_of(thing: models.Model) -> Organisation:
    if isinstance(thing, ProgressEntry):
        return thing.measure.organisation
    organisation: Organisation = organisation_of_record(thing) or thing.organisation  # type: ignore[attr-defined]
    return organisation


def _address_of(kind: str, pk: int) -> str:
    """Return the page of the thing itself, where the desk has one."""
    return reverse(f"desk:{kind}", args=[pk]) if kind != "post" else ""
