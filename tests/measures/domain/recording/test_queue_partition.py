"""Whatever happens in an office: for each person every piece of work stands in exactly one list."""

import contextlib
import datetime
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from measures import permissions
from measures.domain import documents
from measures.domain.publishing import publications
from measures.domain.recording import late_permits, progress, rounds
from measures.domain.recording.locks import lock_of_entry
from measures.domain.recording.queue import own_division_ids, queue_of
from measures.domain.recording.queue_lists import Place
from measures.domain.signing import signoffs
from measures.domain.signing.places import key_of
from measures.models import (
    Document,
    DocumentState,
    HoldingKind,
    ProgressEntry,
    ReportingRound,
    Signoff,
    SignoffComment,
    SignoffStep,
)
from measures.permissions import NotAllowed
from tests.factories.flow import PDF, fresh
from tests.factories.people import hold, make_administrator, make_office, make_round, make_user

pytestmark = pytest.mark.django_db

ACTS = (
    "record",
    "compile",
    "compile plan",
    "submit",
    "approve",
    "return",
    "refuse",
    "recall",
    "reopen",
    "publish",
    "correct",
    "close",
    "reopen round",
    "permit",
    "permit by name",
)
TODAY = timezone.localdate()
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 11)), max_size=10)
posts = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 7)), max_size=3)
WAY = [("record", number) for number in range(6)]
SIGNED = [*WAY, ("compile", 0), ("submit", 0), *[("approve", 0)] * 4]


class World:
    """One office with two rounds, and the person who presses last is whoever may."""

    def __init__(self, acting):
        self.office = make_office()
        office = self.office
        make_round(office.organisation, months=12)
        self.people = [
            *(getattr(office, name) for name in ("staff", "finance_staff", "coordinator")),
            *(getattr(office, name) for name in ("head", "deputy", "clerk", "mayor")),
            make_user(),
        ]
        office_posts = [office.staff_post, office.finance_post, *office.chain_posts]
        for post, person in acting:
            with contextlib.suppress(Exception), transaction.atomic():
                hold(
                    office_posts[post],
                    self.people[person],
                    kind=HoldingKind.ACTING_FOR,
                    substantive_post=office.staff_post,
                )
        self.people += [office.outsider, make_administrator(f"admin-{office.organisation.slug}")]

    def do(self, act, number):
        """Press; what the rules forbid changes nothing."""
        with contextlib.suppress(NotAllowed, StopIteration, IndexError), transaction.atomic():
            getattr(self, act.replace(" ", "_"))(number)

    @property
    def coordinator(self):
        return fresh(self.office.coordinator)

    def rounds(self):
        return list(ReportingRound.objects.of_organisation(self.office.organisation))

    def entries(self):
        return [entry for each in self.rounds() for entry in progress.entries_of(each)]

    def documents(self):
        return Document.objects.of_organisation(self.office.organisation).order_by("-pk")

    def record(self, number):
        entry = self.entries()[number]
        result = f"{entry.division}ทำมาตรการที่ {entry.measure.number} แล้ว"
        progress.record(
            entry,
            by=self.coordinator,
            version=entry.version,
            status="done",
            result=f"{result} ครั้งที่ {entry.version}",
        )

    def compile(self, number):
        documents.compile_report(self.rounds()[number % 2], by=self.coordinator)

    def compile_plan(self, _number):
        documents.compile_plan(self.office.organisation, 2564, by=self.coordinator)

    def submit(self, number):
        signoffs.submit(self.documents()[number % 3], by=self.coordinator)

    def _step(self):
        running = Signoff.objects.of_organisation(self.office.organisation).running()
        step = next(iter(running)).current_step()
        person = next(each for each in self.people if permissions.can_decide(fresh(each), step))
        return step, fresh(person)

    def approve(self, _number):
        step, person = self._step()
        signoffs.approve(step, by=person)

    def _return(self, number):
        step, person = self._step()
        signoffs.return_for_correction(step, by=person, reason="ตัวเลขผิด")
        if number % 2:
            SignoffComment.objects.create(
                step=SignoffStep.objects.get(pk=step.pk),
                place=key_of(1 + number % 3, "result"),
                place_name="ผล",
                text="ไม่ตรง",
            )

    def refuse(self, _number):
        step, person = self._step()
        signoffs.refuse(step, by=person, reason="ไม่ครบ")

    def recall(self, _number):
        running = Signoff.objects.of_organisation(self.office.organisation).running()
        signoffs.recall(next(iter(running)), by=self.coordinator)

    def reopen(self, number):
        documents.reopen(self.documents()[number % 3], by=self.coordinator, reason="แก้")

    def publish(self, _number):
        document = next(iter(self.documents().filter(state=DocumentState.APPROVED)))
        publications.publish(
            document, content=publications.content_of(document), pdf=PDF, by=self.coordinator
        )

    def correct(self, _number):
        published = next(iter(self.documents().filter(state=DocumentState.PUBLISHED)))
        documents.start_correction(published.publication, by=self.coordinator, reason="ผิด")

    def close(self, number):
        rounds.close_round(self.rounds()[number % 2], by=self.coordinator)

    def reopen_round(self, number):
        rounds.reopen_round(self.rounds()[number % 2], by=self.coordinator, reason="ยังไม่ครบ")

    def permit(self, number):
        self._permit(number, None)

    def permit_by_name(self, number):
        self._permit(number, self.people[number % 3])

    def _permit(self, number, person):
        late_permits.grant(
            self.entries()[number % 6],
            by=self.coordinator,
            reason="ไฟดับ",
            allowed_until=TODAY + datetime.timedelta(days=3),
            person=person,
        )


def check(world, person):
    """Compare the lists with what the verbs say of each piece, one by one."""
    organisation = world.office.organisation
    pieces = list(queue_of(person, organisation).pieces())
    assert [piece for piece, times in Counter(piece for _place, piece in pieces).items()
            if times > 1] == []  # fmt: skip
    place_of = {piece: place for place, piece in pieces}

    for document in Document.objects.of_organisation(organisation):
        place = place_of.pop(document, None)
        running = document.signoffs.running().first()
        step = running.current_step() if running else None
        may_decide = step is not None and bool(permissions.can_decide(person, step))
        assert (place == Place.TO_DECIDE) == may_decide
        coordinates = bool(permissions.can_submit(person, document))
        if running and not may_decide:
            assert place == Place.WAITING
        if coordinates and not running:
            assert place is not None
            assert (place == Place.DONE) == (document.state == DocumentState.PUBLISHED)
            assert place != Place.WAITING
        if place in (Place.RETURNED, Place.TO_SEND):
            assert coordinates

    own = own_division_ids(person)
    for entry in ProgressEntry.objects.filter(measure__organisation=organisation):
        place = place_of.pop(entry, None)
        may_record = (
            bool(permissions.can_record(person, entry)) and lock_of_entry(entry, by=person) is None
        )
        if place in (Place.TO_REPORT, Place.RETURNED):
            assert may_record
        if place == Place.WAITING:
            assert not may_record
        if place == Place.DONE:
            assert entry.is_reported()
        if entry.division_id in own and may_record:
            assert place in (Place.TO_REPORT, Place.RETURNED, Place.DONE)
            assert entry.is_reported() or place == Place.TO_REPORT
    assert place_of == {}  # nothing that is not this office's


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(acting=posts, done=acts)
@example(acting=[], done=[("close", 0), ("permit", 0), ("permit by name", 1), ("record", 0)])
@example(acting=[(6, 2), (2, 0)], done=[*SIGNED])
@example(acting=[], done=[*SIGNED[:-3], ("return", 1)])
@example(acting=[], done=[*SIGNED, ("publish", 0), ("correct", 0)])
@example(acting=[], done=[*SIGNED[:-1], ("refuse", 0)])
def test_every_piece_stands_in_exactly_one_list_and_the_verbs_agree(acting, done):
    with transaction.atomic():
        world = World(acting)
        for at, (act, number) in enumerate(done):
            world.do("_return" if act == "return" else act, number)
            check(world, fresh(world.people[at % len(world.people)]))
        for person in world.people:
            check(world, fresh(person))
        transaction.set_rollback(True)


def test_returned_entry_goes_to_who_made_it_until_it_is_mended(office):
    world = World([])
    for act, number in [*SIGNED[:-3], ("_return", 1)]:
        world.do(act, number)
    finance = fresh(world.office.finance_staff)

    [line] = queue_of(finance, world.office.organisation).returned

    assert (line.entry.measure.number, line.returned_by.reason) == (2, "ตัวเลขผิด")
    progress.record(line.entry, by=finance, version=line.entry.version, status="done", result="แก้")
    assert queue_of(fresh(finance), world.office.organisation).returned == []


def test_leave_to_report_late_puts_the_entry_back_until_it_is_used(office):
    entry = next(
        each for each in progress.entries_of(office.round) if each.division == office.finance
    )
    rounds.close_round(office.round, by=office.coordinator)
    permit = late_permits.grant(
        entry, by=office.coordinator, reason="ไฟดับ", allowed_until=TODAY
    )  # fmt: skip

    [line] = queue_of(fresh(office.finance_staff), office.organisation).to_report

    assert (line.entry, line.due_on, line.permit) == (entry, TODAY, permit)
    tomorrow = TODAY + datetime.timedelta(days=1)
    person = fresh(office.finance_staff)
    assert queue_of(person, office.organisation, on=tomorrow).to_report == []
    progress.record(entry, by=person, version=0, status="done", result="ทำแล้ว")
    assert queue_of(fresh(person), office.organisation).to_report == []


def test_coordinator_reads_who_sent_a_document_back_and_why(office):
    world = World([])
    for act, number in [*SIGNED[:-3], ("_return", 0)]:
        world.do(act, number)

    [returned] = queue_of(world.coordinator, world.office.organisation).returned_documents

    assert returned.step.reason == "ตัวเลขผิด"
    assert returned.step.decided_by in world.people
