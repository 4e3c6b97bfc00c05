"""Several people press at the same moment: one of them wins, and nobody loses a word unseen."""

import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Max

from measures.domain import documents, events, records
from measures.domain.errors import Conflict, Invalid
from measures.domain.filing import evidence
from measures.domain.planning import measures
from measures.domain.publishing import publications, renderings, verification
from measures.domain.recording import progress, rounds
from measures.domain.signing import signoffs
from measures.models import (
    Division,
    Document,
    Event,
    EventVerb,
    Evidence,
    Measure,
    ProgressEntry,
    Publication,
    Rendering,
    ReportingRound,
    Signoff,
)
from measures.permissions import NotAllowed
from tests.factories.flow import (
    PDF,
    approve_up_to,
    current,
    fresh,
    make_approved,
    make_draft,
    submit,
    verbs_of,
)
from tests.factories.organisations import make_post
from tests.factories.people import hold, make_administrator, make_user
from tests.factories.pictures import picture

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
]

PATIENCE = 20  # seconds until a thread that waits counts as hanging


def all_at_once(*presses):
    """Run the presses at the same moment, each on a connection of its own.

    Returns what each returned, or the refusal it raised; anything else fails the test.
    """
    start = threading.Barrier(len(presses), timeout=PATIENCE)
    answers = [None] * len(presses)

    def run(at, press):
        try:
            with connection.cursor() as cursor:  # connect before the start, so that all are equal
                cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
            start.wait()
            answers[at] = press()
        except Exception as error:
            answers[at] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(at, press), daemon=True)
        for at, press in enumerate(presses)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE * 2)
        assert not thread.is_alive()
    for answer in answers:
        if isinstance(answer, Exception) and not isinstance(answer, NotAllowed):
            raise answer
    return answers


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, NotAllowed)]


def chain_is_whole(office):
    sequences = office.organisation.events.order_by("sequence").values_list("sequence", flat=True)
    return (
        list(sequences) == list(range(1, len(sequences) + 1))
        and list(events.breaks_of(office.organisation)) == []
    )


@pytest.mark.parametrize("order", [2, 5], ids=["on the way", "last"])
def test_two_holders_of_one_post_make_one_decision(office, order):
    other = make_user()
    post = office.chain_posts[order - 1]
    hold(post, other, kind="acting_for", substantive_post=office.staff_post)
    signoff = approve_up_to(office, submit(office), order - 1)
    people = [office.chain[order - 1], other]

    answers = all_at_once(
        *(
            lambda person=person: signoffs.approve(current(signoff), by=fresh(person))
            for person in people
        )
    )

    [refusal] = refusals(answers)
    winner = people[answers.index(refusal) - 1]
    assert signoff.steps.get(order=order).decided_by == winner
    assert str(refusal) in {
        f"ตำแหน่ง{post.title} พิจารณาไปแล้วโดย{winner.printed_name()}",
        "การเสนอลงนามครั้งนี้สิ้นสุดแล้ว (อนุมัติ) โปรดเปิดเอกสารฉบับล่าสุด",
    }
    assert chain_is_whole(office)


def test_double_click_is_one_decision(office):
    signoff = submit(office)
    step = current(signoff)

    answers = all_at_once(*[lambda: signoffs.approve(step, by=fresh(office.head))] * 4)

    assert refusals(answers) == []
    assert verbs_of(office.organisation).count("approved") == 1


def test_approval_and_recall_at_once_leave_one_of_the_two(office):
    signoff = submit(office)
    step = current(signoff)

    answers = all_at_once(
        lambda: signoffs.approve(step, by=fresh(office.head)),
        lambda: signoffs.recall(signoff, by=fresh(office.coordinator)),
    )

    [refusal] = refusals(answers)
    signoff.refresh_from_db()
    is_recalled = signoff.outcome == "recalled"
    assert answers.index(refusal) == (0 if is_recalled else 1)
    assert Document.objects.get().state == ("draft" if is_recalled else "in_signoff")
    assert signoff.steps.get(order=2).is_decided() is not is_recalled


def test_two_coordinators_submit_one_signoff(office):
    second = make_user()
    hold(make_post(office.organisation, "ผู้ช่วยธุรการ", coordinates=True), second)
    document = make_draft(office)

    answers = all_at_once(
        lambda: signoffs.submit(document, by=fresh(office.coordinator)),
        lambda: signoffs.submit(document, by=fresh(second)),
    )

    assert [type(refusal) for refusal in refusals(answers)] == [Invalid]
    assert Signoff.objects.count() == 1


def test_two_savers_of_one_entry_make_one_conflict(office):
    entry = progress.entries_of(office.round)[0]

    def save(person, text):
        return lambda: progress.record(
            entry, by=fresh(person), version=0, status="done", result=text
        )

    answers = all_at_once(save(office.staff, "ฉบับแรก"), save(office.coordinator, "ฉบับสอง"))

    [conflict] = refusals(answers)
    assert isinstance(conflict, Conflict)
    stored = ProgressEntry.objects.get(pk=entry.pk)
    assert stored.version == 1
    assert conflict.current.result == stored.result
    assert stored.result == ["ฉบับสอง", "ฉบับแรก"][answers.index(conflict)]


def test_blank_entries_are_made_once_by_all_who_look(office):
    answers = all_at_once(*[lambda: progress.entries_of(office.round)] * 6)

    assert [[entry.pk for entry in answer] for answer in answers] == [
        list(
            ProgressEntry.objects.order_by("measure__number", "division__order").values_list(
                "pk", flat=True
            )
        )
    ] * 6


def test_same_file_attached_twice_at_once_is_one_piece(office):
    entry = progress.entries_of(office.round)[0]

    answers = all_at_once(
        *[
            lambda: evidence.attach_file(
                entry, by=fresh(office.staff), upload=ContentFile(picture()), caption="ภาพ"
            )
        ]
        * 3
    )

    assert answers == [Evidence.objects.get()] * 3


def test_compiling_at_once_makes_one_document(office):
    administrator = make_administrator()

    answers = all_at_once(
        *(
            lambda person=person: documents.compile_report(office.round, by=fresh(person))
            for person in (office.coordinator, administrator, office.coordinator)
        )
    )

    assert answers == [Document.objects.get()] * 3


def test_opening_a_round_at_once_makes_one_round(office):
    values = {
        "fiscal_year": 2564,
        "months": 12,
        "opens_on": office.round.due_on,
        "due_on": office.round.due_on,
    }

    answers = all_at_once(
        *[lambda: rounds.open_round(office.organisation, **values, by=fresh(office.coordinator))]
        * 3
    )

    assert len(refusals(answers)) == 2
    assert ReportingRound.objects.filter(months=12).count() == 1
    assert verbs_of(office.organisation) == ["round_opened"]


def test_eight_writers_leave_an_unbroken_chain(office):
    def write():
        for _number in range(5):
            events.record(
                EventVerb.IMPORTED, office.round, by=None, organisation=office.organisation
            )

    all_at_once(*[write] * 8)

    assert office.organisation.events.aggregate(Max("sequence")) == {"sequence__max": 40}
    assert chain_is_whole(office)


def test_eight_writers_of_the_whole_installs_log_leave_an_unbroken_chain(office):
    def write():
        for _number in range(5):
            events.record(EventVerb.IMPORTED, office.round, by=None, organisation=None)

    write()
    all_at_once(*[write] * 8)

    assert Event.objects.filter(organisation=None).aggregate(Max("sequence")) == {
        "sequence__max": 45
    }
    assert list(events.breaks_of(None)) == []


def test_new_rows_of_one_office_at_once_do_not_lock_each_other_out(office):
    def save_measure(number):
        return lambda: measures.save_measure(
            Measure(
                organisation=office.organisation, fiscal_year=2564, number=number, title="มาตรการ"
            ),
            by=fresh(office.coordinator),
        )

    def save_division(number):
        return lambda: records.save(
            Division(organisation=office.organisation, name=f"กองที่ {number}"),
            by=fresh(office.coordinator),
        )

    answers = all_at_once(
        *(save_measure(number) for number in range(10, 14)),
        *(save_division(number) for number in range(4)),
    )

    assert refusals(answers) == []
    assert (Measure.objects.count(), Division.objects.filter(name__startswith="กองที่").count()) == (
        6,
        4,
    )
    assert chain_is_whole(office)


def test_publishing_twice_at_once_is_one_publication(office):
    document = make_approved(office)
    content = publications.content_of(document)

    answers = all_at_once(
        *[
            lambda: publications.publish(
                document, content=content, pdf=PDF, by=fresh(office.coordinator)
            )
        ]
        * 3
    )

    assert answers == [Publication.objects.get()] * 3
    assert verification.verify(office.organisation) == []
    with default_storage.open(Publication.objects.get().pdf.name) as file:
        assert file.read() == PDF


def test_publishing_and_taking_back_at_once_leave_one_of_the_two(office):
    document = make_approved(office)
    content = publications.content_of(document)

    answers = all_at_once(
        lambda: publications.publish(
            document, content=content, pdf=PDF, by=fresh(office.coordinator)
        ),
        lambda: documents.reopen(document, by=fresh(office.coordinator), reason="แก้ไข"),
    )

    [_refusal] = refusals(answers)
    state = Document.objects.get().state
    assert (state, Publication.objects.count()) in {("published", 1), ("draft", 0)}


def test_asking_for_one_paper_at_once_draws_it_once(office):
    document = make_draft(office)
    drawn = []

    answers = all_at_once(
        *(
            lambda person=person: renderings.request(
                document,
                purpose="preview",
                fingerprint="a" * 64,
                by=fresh(person),
                draw=drawn.append,
            )
            for person in (office.coordinator, office.head, office.coordinator)
        )
    )

    rendering = Rendering.objects.get()
    assert answers == [rendering] * 3
    assert drawn == [rendering.pk]


def test_two_workers_with_one_task_are_one_drawing(office):
    rendering = renderings.request(
        make_draft(office),
        purpose="preview",
        fingerprint="a" * 64,
        by=fresh(office.coordinator),
        draw=lambda number: None,
    )

    answers = all_at_once(*[lambda: renderings.start(rendering.pk)] * 3)

    assert sorted(answers, key=bool) == [None, None, rendering]
