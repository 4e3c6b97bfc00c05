"""No door writes into what is locked: every address, sheet and command against every locked state.

The doors are not named here. They are the addresses of the desk and of the back office, the
sheets and the commands, as the program lists them; a new one is tried without being added.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command, get_commands
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.http import HttpResponse
from django.urls import reverse

from measures.domain import documents
from measures.domain.recording.progress import entries_of
from measures.models import (
    Document,
    DocumentState,
    Event,
    Evidence,
    Finding,
    Measure,
    ProgressEntry,
    ProgressRevision,
    Publication,
    Responsibility,
    SignoffStep,
    Step,
    StepMark,
    Target,
    TargetValue,
)
from measures.permissions import NotAllowed
from tests.factories.flow import make_draft
from tests.factories.locked import LOCKED, LOCKED_DOCUMENTS
from tests.factories.people import Office
from tests.factories.statements import portal_writes
from tests.measures.views.roles import Cast, make_cast
from tests.measures.views.test_matrix import MATRIX

pytestmark = pytest.mark.django_db

Stored = dict[str, list[Any]]

# What people report: locked with the round or its document.
REPORTED: dict[type[models.Model], tuple[str, ...]] = {
    ProgressEntry: ("status", "status_note", "result", "outcome", "suggestion", "version"),
    Evidence: ("entry", "kind", "caption", "url", "original", "sha256", "removed_at"),
    ProgressRevision: ("entry", "field", "text"),
    StepMark: ("step", "entry"),
    TargetValue: ("target", "entry", "value"),
}
# What the plan says, and what the document says: locked with a document that has left the desk.
PLANNED: dict[type[models.Model], tuple[str, ...]] = {
    Measure: ("number", "title", "period_text", "starts_on", "ends_on", "monitoring"),
    Step: ("measure", "number", "text", "due_on"),
    Responsibility: ("measure", "kind", "division", "post", "text"),
    Target: ("measure", "name", "unit", "baseline", "goal"),
}
WRITTEN: dict[type[models.Model], tuple[str, ...]] = {
    Document: ("subject", "opening", "closing", "dated", "layout", "addressee"),
    Finding: ("number", "severity", "analysis", "references", "is_draft"),
}
ANALYSED_YEAR = 2563  # what the plan of the office's round answers
WRITERS = ("finance_staff", "coordinator", "superuser")


def stored(office: Office, state: str, before: int) -> Stored:
    """Return the rows that ``state`` locks; of what is made meanwhile, all but blank entries.

    A plan that was published can be amended, with a reason: those rows are locked unless the log
    says that they were.
    """
    kept = dict(REPORTED)
    if state in LOCKED_DOCUMENTS:
        kept |= WRITTEN
        amended = Event.objects.filter(pk__gt=before, verb="measure_amended").exists()
        if not (state == DocumentState.PUBLISHED and amended):
            kept |= PLANNED
    rows: Stored = {}
    for model, fields in kept.items():
        manager: Any = model._default_manager
        own = manager.of_organisation(office.organisation.pk).order_by("pk")
        if model is ProgressEntry:
            own = own.exclude(version=0)  # made blank by whoever opens the page
        if model is Finding:
            own = own.filter(fiscal_year=ANALYSED_YEAR)
        if model is Document:
            own = own.exclude(corrects__isnull=False)  # a correction is a document of its own
            own = own.exclude(kind="plan", state=DocumentState.DRAFT)  # and so is the plan
        rows[model.__name__] = list(own.values("pk", *fields))
    return rows


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever the block writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def last_event() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@dataclass(frozen=True)
class Kept:
    """What a state locks, as it stood before anybody knocked."""

    office: Office
    state: str
    last_event: int
    rows: Stored

    def changed_by(self, knock: Callable[[], object]) -> bool:
        """Return whether ``knock`` changes what is locked; the caller takes it back."""
        with portal_writes() as writes:
            knock()
        return bool(writes) and stored(self.office, self.state, self.last_event) != self.rows


def kept_now(office: Office, state: str) -> Kept:
    """Look at what ``state`` locks, so that one look serves many knocks."""
    before = last_event()
    return Kept(office, state, before, stored(office, state, before))


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_no_address_of_the_desk_writes_into_what_is_locked(cast, name):
    row = MATRIX[name]
    arguments = row.scene(cast.office)
    typed = row.typed_for(arguments)
    entries_of(cast.office.round)
    # Who is refused even where nothing is locked is the matter of the table of addresses.
    clients = {role: cast.client(role) for role in WRITERS if row.post[role] == 302}
    found = []

    for state, lock in LOCKED.items():
        with undone():
            lock(cast.office)
            kept = kept_now(cast.office, state)
            for role, client in clients.items():
                with undone():
                    address = reverse(name, args=arguments)
                    if kept.changed_by(lambda: client.post(address, typed)):  # noqa: B023
                        found.append((state, role))

    assert found == []


def test_the_same_questions_find_the_doors_that_write_while_nothing_is_locked(cast):
    """What is asked above can be answered with yes: in an open round these write."""
    writing = set()
    for name, row in MATRIX.items():
        with undone():
            arguments = row.scene(cast.office)
            typed = row.typed_for(arguments)
            client = cast.client("coordinator")
            address = reverse(name, args=arguments)
            kept = kept_now(cast.office, "draft")
            if kept.changed_by(lambda: client.post(address, typed)):  # noqa: B023
                writing.add(name)

    assert writing >= {"desk:entry", "desk:evidence_add", "desk:evidence_remove"}


# The back office ---------------------------------------------------------------------------------


def fields_of(response: HttpResponse) -> dict[str, Any]:
    """Return what a browser would send back from a form of the back office, every text changed."""
    context = response.context or {}
    forms = [context["adminform"].form] if "adminform" in context else []
    typed: dict[str, Any] = {}
    for inline in context.get("inline_admin_formsets", []):
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is None or value is False or isinstance(value, FieldFile):
                continue
            is_text = field.field.__class__.__name__ == "CharField" and isinstance(value, str)
            typed[field.html_name] = f"{value} แก้" if is_text else value
    return typed


def rows_of_the_office(office: Office) -> Iterator[tuple[str, models.Model]]:
    """Return one row of each kind that the back office shows, and its admin's name."""
    for model in admin.site._registry:
        if model._meta.app_label != "measures":
            continue
        manager = model._default_manager
        own = (
            manager.of_organisation(office.organisation.pk)
            if hasattr(manager.all(), "of_organisation")
            else manager.all()
        )
        row = own.order_by("pk").first()
        if row is not None:
            yield f"admin:measures_{model._meta.model_name}", row


def reported_office(office: Office) -> Office:
    make_draft(office)
    return office


@pytest.mark.parametrize("state", LOCKED)
@pytest.mark.parametrize("role", ["coordinator", "superuser"])
def test_no_page_of_the_back_office_writes_into_what_is_locked(
    cast, state, role, forgiving_templates
):
    office = reported_office(cast.office)
    client = cast.client(role)
    person = cast.people[role]
    assert person is not None
    type(person).objects.filter(pk=person.pk).update(is_staff=True)
    LOCKED[state](office)
    kept = kept_now(office, state)
    found = []

    for name, row in rows_of_the_office(office):
        with undone():
            change = reverse(f"{name}_change", args=[row.pk])
            typed = fields_of(client.get(change))
            if kept.changed_by(lambda: client.post(change, typed)):  # noqa: B023
                found.append(f"{name}_change")
        with undone():
            delete = reverse(f"{name}_delete", args=[row.pk])
            if kept.changed_by(lambda: client.post(delete, {"post": "yes"})):  # noqa: B023
                found.append(f"{name}_delete")

    assert found == []


# Sheets and commands -----------------------------------------------------------------------------


def resources() -> list[type[Any]]:
    """Return every sheet that the back office reads."""
    return [
        resource
        for model_admin in admin.site._registry.values()
        for resource in getattr(model_admin, "resource_classes", None) or []
    ]


@pytest.mark.parametrize("state", LOCKED)
def test_no_sheet_writes_into_what_is_locked(cast, state):
    office = reported_office(cast.office)
    LOCKED[state](office)
    kept = kept_now(office, state)
    assert resources() != []

    for resource_class in resources():
        resource = resource_class(user=office.coordinator)
        sheet = resource.export()
        for at in range(len(sheet)):
            sheet[at] = tuple(
                f"{cell} แก้" if isinstance(cell, str) and len(cell) > 20 else cell
                for cell in sheet[at]
            )
        with undone():
            assert not kept.changed_by(
                lambda: resource.import_data(sheet, rollback_on_validation_errors=True)  # noqa: B023
            )


def commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if app in ("measures", "reports"))


@pytest.mark.parametrize("state", LOCKED)
def test_no_command_writes_into_what_is_locked(cast, state, settings):
    settings.DEMO_MODE = False  # loading the demo writes offices of its own, at length
    office = reported_office(cast.office)
    LOCKED[state](office)
    kept = kept_now(office, state)

    for name in commands():
        with undone():
            assert not kept.changed_by(lambda: run(name)), name  # noqa: B023


def run(name: str) -> None:
    """Run a command without options; what it says of them does not matter here."""
    with suppress(Exception, SystemExit):  # it asks for options, or refuses
        call_command(name, stdout=StringIO(), stderr=StringIO())


# Verbs -------------------------------------------------------------------------------------------


def test_every_move_of_a_document_is_refused_from_the_states_it_does_not_start_from(cast):
    """The move table against itself: what is not in it is refused, whoever asks."""
    document = make_draft(cast.office)
    for state in DocumentState:
        for how in documents.Move:
            with undone():
                Document.objects.update(state=state)
                held = documents.hold(document)
                target = documents.ALLOWED_MOVES.get((state, how))
                if target is None:
                    with pytest.raises(NotAllowed):
                        documents.move(held, how, by=cast.office.coordinator)
                else:
                    assert documents.move(held, how, by=cast.office.coordinator).state == target
    assert SignoffStep.objects.count() == 0
    assert Publication.objects.count() == 0
