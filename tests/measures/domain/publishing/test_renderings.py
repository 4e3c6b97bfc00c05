"""Asking for paper: drawn once for what it says, again where it failed, kept while it is true."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from measures.domain.errors import Invalid
from measures.domain.publishing import renderings
from measures.models import DocumentState, Rendering
from measures.permissions import NotAllowed
from tests.factories.flow import PDF, make_approved, make_draft, make_in_state
from tests.factories.people import make_office

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2021, 3, 31, 9, 30, tzinfo=datetime.UTC)
FIRST, SECOND = "a" * 64, "b" * 64
LONG = renderings.STUCK_AFTER + datetime.timedelta(seconds=1)


@pytest.fixture
def ask(office, django_capture_on_commit_callbacks):
    """Return a function that asks for paper; what is then to be drawn stands in ``ask.drawn``."""

    def request(document, *, fingerprint=FIRST, purpose="preview", by=None, now=NOW):
        with django_capture_on_commit_callbacks(execute=True):
            return renderings.request(
                document,
                purpose=purpose,
                fingerprint=fingerprint,
                by=by or office.coordinator,
                draw=request.drawn.append,
                now=now,
            )

    request.drawn = []
    return request


@pytest.fixture
def finish(django_capture_on_commit_callbacks):
    """Return a function that has a rendering drawn, with these bytes as its file."""

    def run(rendering, file=PDF):
        with django_capture_on_commit_callbacks(execute=True):
            renderings.finish(renderings.start(rendering.pk), file=file, now=NOW)
        return Rendering.objects.get(pk=rendering.pk)

    return run


def state(rendering: Rendering) -> str:
    return Rendering.objects.get(pk=rendering.pk).state


def test_what_is_asked_for_waits_to_be_drawn(office, ask):
    document = make_draft(office)

    rendering = ask(document, by=office.head)

    assert ask.drawn == [rendering.pk]
    assert (rendering.state, rendering.requested_by, rendering.requested_at) == (
        "waiting",
        office.head,
        NOW,
    )


def test_nothing_is_drawn_for_a_request_that_was_not_stored(
    office, django_capture_on_commit_callbacks
):
    document = make_draft(office)
    drawn = []

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        renderings.request(
            document,
            purpose="preview",
            fingerprint=FIRST,
            by=office.coordinator,
            draw=drawn.append,
        )
        transaction.set_rollback(True)

    assert Rendering.objects.count() == 0
    assert drawn == []


@pytest.mark.parametrize("progress", ["waiting", "running", "done"])
def test_the_same_paper_is_drawn_once(office, ask, finish, progress):
    document = make_draft(office)
    first = ask(document)
    if progress == "running":
        renderings.start(first.pk)
    if progress == "done":
        finish(first)

    second = ask(document, by=office.head, now=NOW + renderings.STUCK_AFTER)

    assert (second, second.state) == (first, progress)
    assert second.requested_by == office.coordinator
    assert ask.drawn == [first.pk]


def test_other_content_and_another_purpose_are_papers_of_their_own(office, ask):
    document = make_approved(office)

    asked = [
        ask(document),
        ask(document, fingerprint=SECOND),
        ask(document, purpose="publication"),
    ]

    assert ask.drawn == [rendering.pk for rendering in asked]
    assert len(set(ask.drawn)) == 3


def test_what_failed_may_be_asked_for_again(office, ask):
    document = make_draft(office)
    first = ask(document)
    renderings.fail(renderings.start(first.pk), problem="โปรดลองอีกครั้ง", now=NOW)

    second = ask(document, by=office.head, now=NOW + datetime.timedelta(seconds=1))

    assert second == first
    assert (second.state, second.problem, second.ended_at) == ("waiting", "", None)
    assert second.requested_by == office.head
    assert ask.drawn == [first.pk] * 2


@pytest.mark.parametrize("is_started", [False, True])
def test_what_got_stuck_may_be_asked_for_again(office, ask, is_started):
    document = make_draft(office)
    first = ask(document)
    if is_started:
        renderings.start(first.pk)

    second = ask(document, now=NOW + LONG)

    assert (second, second.state) == (first, "waiting")
    assert ask.drawn == [first.pk] * 2


def test_a_paper_whose_file_was_lost_is_drawn_again(office, ask, finish):
    document = make_draft(office)
    done = finish(ask(document))
    default_storage.delete(done.file.name)

    assert ask(document).state == "waiting"
    assert ask.drawn == [done.pk] * 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"requested_at": NOW - LONG}, True),
        ({"requested_at": NOW - LONG, "state": "running"}, True),
        ({"requested_at": NOW - LONG, "state": "done"}, False),
        ({"requested_at": NOW - LONG, "state": "failed"}, False),
    ],
)
def test_only_what_has_not_ended_can_be_stuck(changes, expected):
    rendering = Rendering(**{"requested_at": NOW, "state": "waiting"} | changes)

    assert renderings.is_stuck(rendering, NOW) is expected


def test_another_office_asks_for_nothing(office, ask):
    document = make_draft(office)

    with pytest.raises(NotAllowed):
        ask(document, by=office.outsider)

    assert Rendering.objects.count() == 0


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_others_than_the_coordinator_ask_for_no_publication(office, ask, who):
    document = make_approved(office)

    with pytest.raises(NotAllowed):
        ask(document, purpose="publication", by=getattr(office, who))

    assert ask.drawn == []


@pytest.mark.parametrize("state", [each for each in DocumentState if each != "approved"])
def test_only_what_is_approved_is_drawn_for_publication(office, ask, state):
    document = make_in_state(office, state)

    with pytest.raises(Invalid, match=str(state.label)):
        ask(document, purpose="publication")

    assert ask.drawn == []


def test_a_rendering_is_started_once(office, ask):
    asked = ask(make_draft(office))

    started = renderings.start(asked.pk)

    assert started == asked
    assert started.state == state(asked) == "running"
    assert renderings.start(asked.pk) is None


@pytest.mark.parametrize("how", ["done", "failed"])
def test_what_has_ended_is_not_started_again(office, ask, finish, how):
    asked = ask(make_draft(office))
    if how == "done":
        finish(asked)
    else:
        renderings.fail(asked, problem="โปรดลองอีกครั้ง")

    assert renderings.start(asked.pk) is None
    assert state(asked) == how


def test_progress_is_seen_while_it_is_drawn_and_whole_when_done(office, ask):
    asked = ask(make_draft(office))
    started = renderings.start(asked.pk)

    renderings.advance(started, 3, 12)
    on_the_way = Rendering.objects.get()
    renderings.finish(started, file=PDF)
    renderings.advance(started, 4, 12)
    done = Rendering.objects.get()

    assert (on_the_way.parts_done, on_the_way.parts_total) == (3, 12)
    assert (done.parts_done, done.parts_total) == (12, 12)


def test_the_file_is_kept_under_its_hash(office, ask, finish):
    done = finish(ask(make_draft(office)))

    assert (done.state, done.ended_at) == ("done", NOW)
    slug = office.organisation.slug
    assert done.file.name == f"renderings/{slug}/{renderings.sha256_of(PDF)}.pdf"
    with done.file.open("rb") as file:
        assert file.read() == PDF


def test_a_publication_keeps_no_file_here(office, ask, finish):
    done = finish(ask(make_approved(office), purpose="publication"), file=None)

    assert (done.state, done.file.name) == ("done", "")
    assert renderings.is_at_hand(done)


def test_the_preview_of_what_it_said_before_is_dropped(office, ask, finish):
    document = make_draft(office)
    older = finish(ask(document), file=PDF + b"older")
    newer = ask(document, fingerprint=SECOND, now=NOW + datetime.timedelta(minutes=1))

    newer = finish(newer, file=PDF + b"newer")

    assert not default_storage.exists(older.file.name)
    assert default_storage.exists(newer.file.name)
    assert Rendering.objects.get(pk=older.pk).file.name == ""
    assert not renderings.is_at_hand(Rendering.objects.get(pk=older.pk))


def test_a_drawing_that_comes_late_does_not_drop_the_newer_one(office, ask, finish):
    document = make_draft(office)
    older = ask(document)
    newer = ask(document, fingerprint=SECOND, now=NOW + datetime.timedelta(minutes=1))
    newer = finish(newer, file=PDF + b"newer")

    finish(older, file=PDF + b"older")

    assert renderings.is_at_hand(Rendering.objects.get(pk=newer.pk))


def test_the_same_bytes_are_kept_for_whoever_still_needs_them(office, ask, finish):
    document = make_draft(office)
    finish(ask(document))
    later = NOW + datetime.timedelta(minutes=1)

    newer = finish(ask(document, fingerprint=SECOND, now=later))

    assert default_storage.exists(newer.file.name)


def test_another_documents_preview_stays(office, ask, finish):
    other = make_office()
    theirs = finish(ask(make_draft(other), by=other.coordinator), file=PDF + b"theirs")
    later = NOW + datetime.timedelta(minutes=1)

    finish(ask(make_draft(office), now=later))

    assert renderings.is_at_hand(Rendering.objects.get(pk=theirs.pk))


def test_a_failure_keeps_its_reason(office, ask):
    asked = ask(make_draft(office))

    renderings.fail(renderings.start(asked.pk), problem="โปรดลองอีกครั้ง", now=NOW)

    failed = Rendering.objects.get()
    assert (failed.state, failed.problem, failed.ended_at) == ("failed", "โปรดลองอีกครั้ง", NOW)


def test_what_another_worker_finished_does_not_fail_afterwards(office, ask, finish):
    asked = ask(make_draft(office))
    finish(asked)

    renderings.fail(asked, problem="โปรดลองอีกครั้ง", now=timezone.now())

    assert state(asked) == "done"
