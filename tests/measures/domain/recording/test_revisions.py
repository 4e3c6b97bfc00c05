"""Fields saved one by one: every text is kept, and nobody's is replaced unseen."""

import datetime
import uuid
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.domain.errors import Conflict, Invalid, Locked
from measures.domain.recording import progress, revisions, rounds
from measures.models import (
    Event,
    EventVerb,
    ProgressEntry,
    ProgressRevision,
    StepMark,
    Target,
    TargetValue,
)
from measures.permissions import NotAllowed
from tests.factories.people import make_measure, make_round

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2021, 3, 31, 5, 0, tzinfo=datetime.UTC)
FIELDS = ("status", "status_note", "result", "outcome", "suggestion")


@pytest.fixture
def entry(office) -> ProgressEntry:
    """The blank entry of สำนักปลัด for the first measure."""
    return progress.entries_of(office.round)[0]


def stored(entry: ProgressEntry) -> ProgressEntry:
    return ProgressEntry.objects.get(pk=entry.pk)


def kept(entry: ProgressEntry, name: str) -> list[str]:
    """Return the texts of the field that are kept, first first."""
    rows = ProgressRevision.objects.filter(entry=entry, field=name).order_by("entry_version")
    return list(rows.values_list("text", flat=True))


def save(entry, name, text, *, by, version, **others):
    return progress.save_field(entry, name, text, by=by, version=version, **others)


# One field ---------------------------------------------------------------------------------------


def test_one_field_is_stored_by_itself_and_kept(office, entry):
    key = uuid.uuid4()

    saved = save(entry, "result", " ประชุมแล้ว\r\n", by=office.staff, version=0, key=key, now=NOON)

    assert (saved.version, saved.updated_by, saved.updated_at) == (1, office.staff, NOON)
    assert [getattr(stored(entry), name) for name in FIELDS] == [
        "not_started",
        "",
        "ประชุมแล้ว",
        "",
        "",
    ]
    [revision] = ProgressRevision.objects.all()
    assert (revision.field, revision.entry_version, revision.text, revision.key) == (
        "result",
        1,
        "ประชุมแล้ว",
        key,
    )
    assert (revision.saved_at, revision.saved_by) == (NOON, office.staff)
    event = Event.objects.get(verb=EventVerb.PROGRESS_RECORDED)
    assert event.data == {
        "before": {"result": ""},
        "after": {"result": "ประชุมแล้ว"},
        "version": 1,
    }


def test_status_is_chosen_only_when_somebody_says_so(office, entry):
    save(entry, "result", "ประชุมแล้ว", by=office.staff, version=0)
    assert (stored(entry).is_written(), stored(entry).is_reported()) == (True, False)

    save(entry, "status", "not_started", by=office.staff, version=1, key=uuid.uuid4())

    assert stored(entry).is_reported() is True


def test_other_fields_saved_meanwhile_are_no_conflict(office, entry):
    save(entry, "result", "ประชุมแล้ว", by=office.staff, version=0)
    save(entry, "outcome", "เข้าใจ", by=office.coordinator, version=0)

    assert (stored(entry).result, stored(entry).outcome) == ("ประชุมแล้ว", "เข้าใจ")


def test_same_field_saved_meanwhile_shows_both_texts_with_authors_and_times(office, entry):
    save(entry, "result", "ของเจ้าหน้าที่", by=office.staff, version=0, now=NOON)
    later = NOON + datetime.timedelta(minutes=3)

    with pytest.raises(Conflict) as refusal:
        save(entry, "result", "ของผู้ประสาน", by=office.coordinator, version=0, now=later)

    [conflict] = refusal.value.fields
    assert (conflict.field, conflict.label) == ("result", "ผลการดำเนินการ")
    assert (conflict.theirs.text, conflict.theirs.by, conflict.theirs.at) == (
        "ของเจ้าหน้าที่",
        office.staff,
        NOON,
    )
    assert (conflict.yours.text, conflict.yours.by, conflict.yours.at) == (
        "ของผู้ประสาน",
        office.coordinator,
        later,
    )
    assert refusal.value.current.version == 1
    assert stored(entry).result == "ของเจ้าหน้าที่"


def test_same_text_from_two_people_is_no_conflict(office, entry):
    save(entry, "result", "ประชุมแล้ว", by=office.staff, version=0, key=uuid.uuid4())
    save(entry, "result", "ประชุมแล้ว", by=office.coordinator, version=0, key=uuid.uuid4())

    assert stored(entry).result == "ประชุมแล้ว"
    assert Event.objects.filter(verb=EventVerb.PROGRESS_RECORDED).count() == 1


def test_going_back_to_the_text_one_saw_is_a_change_to_what_others_wrote(office, entry):
    save(entry, "result", "แรก", by=office.staff, version=0)
    save(entry, "result", "ใหม่", by=office.coordinator, version=1)

    with pytest.raises(Conflict):
        save(entry, "result", "แรก", by=office.staff, version=1)


def test_request_sent_again_changes_nothing_even_after_others(office, entry):
    key = uuid.uuid4()
    save(entry, "result", "แรก", by=office.staff, version=0, key=key)
    save(entry, "result", "ใหม่", by=office.coordinator, version=1)

    again = save(entry, "result", "แรก", by=office.staff, version=0, key=key)

    assert (again.result, again.version) == ("ใหม่", 2)
    assert kept(entry, "result") == ["แรก", "ใหม่"]


def test_request_sent_again_after_the_round_closed_is_answered(office, entry):
    key = uuid.uuid4()
    save(entry, "result", "แรก", by=office.staff, version=0, key=key)
    rounds.close_round(office.round, by=office.coordinator)

    assert save(entry, "result", "แรก", by=office.staff, version=0, key=key).version == 1
    with pytest.raises(Locked):
        save(entry, "result", "สอง", by=office.staff, version=1, key=uuid.uuid4())


@pytest.mark.parametrize("change", ["text", "person"])
def test_key_of_another_saving_is_refused(office, entry, change):
    key = uuid.uuid4()
    save(entry, "result", "แรก", by=office.staff, version=0, key=key)
    text, by = ("สอง", office.staff) if change == "text" else ("แรก", office.coordinator)

    with pytest.raises(Invalid):
        save(entry, "result", text, by=by, version=1, key=key)


def test_wrong_person_saves_no_field(office, entry):
    with pytest.raises(NotAllowed):
        save(entry, "result", "แรก", by=office.finance_staff, version=0)

    assert stored(entry).version == 0


# Steps and numbers -------------------------------------------------------------------------------


@pytest.fixture
def target(office) -> Target:
    return Target.objects.create(
        measure=office.measures[0], number=1, name="อบรม", unit="คน", goal=40
    )


def test_step_is_marked_and_unmarked_with_versions_like_a_text(office, entry):
    name = f"step-{office.measures[0].steps.get(number=1).pk}"
    save(entry, name, "on", by=office.staff, version=0)

    assert StepMark.objects.get().marked_by == office.staff
    with pytest.raises(Conflict):
        save(entry, name, "", by=office.coordinator, version=0)

    save(entry, name, "", by=office.coordinator, version=1)

    assert StepMark.objects.count() == 0
    assert kept(entry, name) == ["yes", ""]


@pytest.mark.parametrize(
    ("typed", "value"), [("๑,๒๕๐.๕๐", "1250.50"), ("85.5", "85.50"), (" ๔๐ ", "40.00")]
)
def test_number_is_typed_in_thai_or_arabic_digits(office, entry, target, typed, value):
    save(entry, f"target-{target.pk}", typed, by=office.staff, version=0)

    assert str(TargetValue.objects.get().value) == value


@pytest.mark.parametrize("typed", ["สี่สิบ", "-3", "1.234", "1" + "0" * 12])
def test_what_is_no_number_is_refused_in_thai(office, entry, target, typed):
    with pytest.raises(Invalid):
        save(entry, f"target-{target.pk}", typed, by=office.staff, version=0)

    assert TargetValue.objects.count() == 0


def test_number_can_be_taken_away(office, entry, target):
    name = f"target-{target.pk}"
    save(entry, name, "12", by=office.staff, version=0)
    save(entry, name, " ", by=office.staff, version=1)

    assert TargetValue.objects.count() == 0
    assert kept(entry, name) == ["12", ""]


def test_fields_of_other_measures_are_not_the_entrys(office, entry):
    other = make_measure(office.organisation, office.secretariat, number=9)
    name = f"step-{other.steps.get(number=1).pk}"

    for unknown in (name, "target-0", "version", "step-x"):
        with pytest.raises(Invalid):
            save(entry, unknown, "on", by=office.staff, version=0)


# The whole form ----------------------------------------------------------------------------------


def test_form_keeps_newer_texts_of_fields_one_did_not_touch(office, entry):
    save(entry, "result", "ของเจ้าหน้าที่", by=office.staff, version=0)

    progress.record(entry, by=office.coordinator, version=0, status="done", outcome="สำเร็จ")

    assert (stored(entry).result, stored(entry).outcome) == ("ของเจ้าหน้าที่", "สำเร็จ")


def test_form_tells_only_true_double_edits_and_what_to_save_next(office, entry):
    save(entry, "result", "ของเจ้าหน้าที่", by=office.staff, version=0)
    save(entry, "outcome", "เข้าใจ", by=office.staff, version=1)

    with pytest.raises(Conflict) as refusal:
        progress.record(entry, by=office.coordinator, version=0, status="done", result="อีกคน")

    assert [conflict.field for conflict in refusal.value.fields] == ["result"]
    assert refusal.value.merged == {
        "status": "done",
        "status_note": "",
        "result": "อีกคน",
        "outcome": "เข้าใจ",
        "suggestion": "",
    }
    assert stored(entry).version == 2


def test_form_knows_what_one_has_saved_field_by_field_meanwhile(office, entry):
    save(entry, "result", "แรก", by=office.staff, version=0)

    progress.record(
        entry, by=office.staff, version=0, versions={"result": 1}, status="done", result="สอง"
    )

    assert stored(entry).result == "สอง"


def filled_before_revisions(office, entry) -> ProgressEntry:
    """Return the entry as an install had it that kept no revisions yet: three savings, one text."""
    ProgressEntry.objects.filter(pk=entry.pk).update(
        status="done", result="เดิม", version=3, updated_at=NOON, updated_by=office.staff
    )
    return stored(entry)


def test_text_from_before_there_were_revisions_is_kept_when_it_is_replaced(office, entry):
    entry = filled_before_revisions(office, entry)

    save(entry, "result", "ใหม่", by=office.coordinator, version=3)

    assert kept(entry, "result") == ["เดิม", "ใหม่"]
    first = ProgressRevision.objects.get(field="result", entry_version=3)
    assert (first.saved_at, first.saved_by) == (NOON, office.staff)


def test_what_stood_before_there_were_revisions_is_not_guessed(office, entry):
    entry = filled_before_revisions(office, entry)

    with pytest.raises(Conflict) as refusal:
        progress.record(entry, by=office.coordinator, version=2, status="done", result="")

    [conflict] = refusal.value.fields
    assert (conflict.theirs.text, conflict.theirs.by, conflict.theirs.at) == (
        "เดิม",
        office.staff,
        NOON,
    )


# Any interleaving --------------------------------------------------------------------------------


@dataclass
class Typist:
    """Somebody with the page open: what they saw of each field, and since which version."""

    person: object
    seen: dict[str, int] = field(default_factory=dict)


SAVINGS = st.lists(
    st.tuples(
        st.integers(0, 1),  # who
        st.sampled_from(["result", "outcome", "status"]),
        st.integers(0, 3),  # what
        st.sampled_from(["save", "save and replay", "look first"]),
    ),
    max_size=14,
)
TEXTS = {
    "result": ["", "ก", "ข", "ค"],
    "outcome": ["", "ก", "ข", "ค"],
    "status": ["not_started", "in_progress", "done", "done"],
}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(savings=SAVINGS)
def test_no_interleaving_of_two_people_loses_a_text(office, entry, savings):
    """What was confirmed is kept; what stands is the last confirmed; a replay changes nothing."""
    with transaction.atomic():
        typists = [Typist(office.staff), Typist(office.coordinator)]
        confirmed: dict[str, list[str]] = {name: [] for name in TEXTS}
        for who, name, what, how in savings:
            typist, text = typists[who], TEXTS[name][what]
            if how == "look first":
                typist.seen[name] = stored(entry).version
            version = typist.seen.get(name, 0)
            standing = getattr(stored(entry), name)
            key = uuid.uuid4()
            try:
                saved = save(entry, name, text, by=typist.person, version=version, key=key)
            except Conflict:
                # Refused for a text that the person had not seen, and it still stands.
                one = progress.field_of(entry, name)
                assert standing != text
                assert revisions.standing_at(stored(entry), one, version) != standing
                assert getattr(stored(entry), name) == standing
                continue
            confirmed[name].append(text)
            typist.seen[name] = saved.version
            if how == "save and replay":
                before = list(ProgressEntry.objects.filter(pk=entry.pk).values())
                save(entry, name, text, by=typist.person, version=version, key=key)
                assert list(ProgressEntry.objects.filter(pk=entry.pk).values()) == before
        for name, texts in confirmed.items():
            assert kept(entry, name) == texts
            assert not texts or getattr(stored(entry), name) == texts[-1]
        transaction.set_rollback(True)


# Last round, and many at once --------------------------------------------------------------------


def test_last_rounds_text_and_number_are_copied_with_one_press(office, entry, target):
    name = f"target-{target.pk}"
    save(entry, "result", "รอบแรก", by=office.staff, version=0)
    save(entry, name, "12", by=office.staff, version=1)
    make_round(office.organisation, months=12)
    later = progress.entries_of(office.organisation.rounds.get(months=12))[0]

    for at, copied in enumerate(("result", name)):
        progress.copy_forward(later, copied, by=office.staff, version=at, key=uuid.uuid4())

    assert stored(later).result == "รอบแรก"
    assert TargetValue.objects.filter(entry=later).get().value == 12
    with pytest.raises(Invalid):
        progress.copy_forward(later, "outcome", by=office.staff, version=2)


def test_nothing_to_copy_is_said(office, entry):
    with pytest.raises(Invalid) as refusal:
        progress.copy_forward(entry, "result", by=office.staff, version=0)

    assert str(refusal.value) == "รอบก่อนไม่มีข้อความในช่องนี้ให้คัดลอก"


def test_statuses_of_many_are_set_row_by_row_and_each_refusal_told(office):
    first, second, third = progress.entries_of(office.round)
    save(second, "status", "in_progress", by=office.finance_staff, version=0)

    answers = progress.set_statuses([first, second, third], "done", by=office.coordinator)

    assert [bool(answer.refusal) for answer in answers] == [False, True, False]
    assert [stored(each).status for each in (first, second, third)] == [
        "done",
        "in_progress",
        "done",
    ]


def test_only_the_coordinator_sets_many_statuses(office, entry):
    [answer] = progress.set_statuses([entry], "done", by=office.staff)

    assert answer.refusal
    assert stored(entry).version == 0


def test_closed_round_refuses_every_row(office):
    entries = progress.entries_of(office.round)
    rounds.close_round(office.round, by=office.coordinator)

    answers = progress.set_statuses(entries, "done", by=office.coordinator)

    assert [answer.refusal != "" for answer in answers] == [True, True, True]
