"""Lines of a history: what was logged, in the reader's words, and nothing secret."""

import datetime
import re

import pytest

from measures.domain import documents, history, records
from measures.domain.events import record
from measures.domain.history.lines import Change
from measures.domain.planning import measures
from measures.domain.recording import progress, rounds
from measures.domain.signing import chains, signoffs
from measures.models import ChainPost, Division, Event, EventVerb, PostHolding, User
from tests.factories.flow import REASON, current, fresh, make_approved, make_draft, publish, submit
from tests.factories.handovers import let_administer
from tests.factories.people import hold

pytestmark = pytest.mark.django_db


def last_line(organisation) -> history.Line:
    event = Event.objects.filter(organisation=organisation).order_by("-sequence").first()
    (line,) = history.lines_of([event])
    return line


def changes_of(line: history.Line) -> dict[str, tuple[str, str]]:
    return {change.label: (change.before, change.after) for change in line.changes}


def test_a_line_says_who_did_what_in_which_capacity_and_when(office):
    moment = datetime.datetime(2026, 3, 31, 7, 5, tzinfo=datetime.UTC)
    rounds.close_round(office.round, by=office.coordinator, now=moment)

    line = last_line(office.organisation)

    assert line.sentence() == (
        f"{office.coordinator} (นักวิเคราะห์นโยบายและแผน) "
        "ปิดรอบการรายงาน “รอบ 6 เดือน ปีงบประมาณ พ.ศ. 2564” เมื่อ ๓๑ มี.ค. ๒๕๖๙ เวลา ๑๔.๐๕ น."
    )


def test_what_the_portal_did_itself_has_no_capacity(office):
    record(EventVerb.EVIDENCE_SCANNED, office.round, by=None, organisation=office.organisation)

    assert last_line(office.organisation).who() == "ระบบ"


def test_fields_and_choices_are_told_by_their_thai_names(office):
    entry = progress.entries_of(office.round)[0]
    progress.record(
        entry, by=office.coordinator, version=0, status="done", result="อบรมบุคลากรแล้ว 30 คน"
    )

    assert changes_of(last_line(office.organisation)) == {
        "สถานะการดำเนินการ": ("ยังไม่ดำเนินการ", "ดำเนินการเสร็จเรียบร้อยแล้ว"),
        "ผลการดำเนินการ": ("", "อบรมบุคลากรแล้ว 30 คน"),
    }


def test_dates_are_thai_dates_and_reasons_stand_beside(office):
    reporting_round = office.round
    rounds.reschedule(
        reporting_round,
        opens_on=reporting_round.opens_on,
        due_on=datetime.date(2021, 4, 15),
        closes_on=None,
        by=office.coordinator,
    )

    line = last_line(office.organisation)

    assert changes_of(line) == {"กำหนดส่ง": ("๓๑ มีนาคม พ.ศ. ๒๕๖๔", "๑๕ เมษายน พ.ศ. ๒๕๖๔")}


def test_rows_that_are_pointed_at_are_named_and_lost_ones_said_to_be(office):
    holding = hold(office.deputy_post, office.head, starts_on=datetime.date(2026, 1, 1))
    record(
        EventVerb.RECORD_CHANGED,
        holding,
        by=office.coordinator,
        organisation=office.organisation,
        data={
            "before": {"post": "987654", "ends_on": "None"},
            "after": {"post": str(office.deputy_post.pk), "ends_on": "2026-09-30"},
        },
    )

    assert changes_of(last_line(office.organisation)) == {
        "ตำแหน่ง": ("(ลบแล้ว รหัส 987654)", office.deputy_post.title),
        "ถึงวันที่": ("", "๓๐ กันยายน พ.ศ. ๒๕๖๙"),
    }


def test_a_new_record_is_told_as_added_and_a_lost_one_as_deleted(office):
    division = records.save(
        Division(organisation=office.organisation, name="กองสมมติ"), by=office.coordinator
    )
    added = last_line(office.organisation)
    records.delete(division, by=office.coordinator)
    deleted = last_line(office.organisation)

    assert (added.did, deleted.did) == ("เพิ่มส่วนราชการ “กองสมมติ”", "ลบส่วนราชการ “กองสมมติ”")
    assert changes_of(added)["ชื่อส่วนราชการ"] == ("", "กองสมมติ")
    assert changes_of(deleted)["ชื่อส่วนราชการ"] == ("กองสมมติ", "")


def test_a_deleted_measure_keeps_its_steps_in_the_history(office):
    measure = office.measures[1]
    measures.delete_measure(measure, by=office.coordinator)

    line = last_line(office.organisation)

    assert line.did == f"ลบมาตรการ “{measure}”"
    assert changes_of(line)["มาตรการ"] == (measure.title, "")
    assert any("ติดตามผลทุกไตรมาส" in change.before for change in line.changes)


def test_a_step_that_is_marked_is_told_by_its_text(office):
    entry = progress.entries_of(office.round)[0]
    step = entry.measure.steps.first()
    progress.save_field(entry, f"step-{step.pk}", "1", by=office.coordinator, version=0)

    assert changes_of(last_line(office.organisation))[str(step)] == ("ยังไม่ทำ", "ทำแล้ว")


def test_a_chain_is_told_post_by_post(office):
    let_administer(office)
    kept = chains.chain_of(office.organisation, "plan")[1:]
    links = [
        ChainPost(
            organisation=office.organisation,
            kind="plan",
            order=order,
            post=link.post,
            role=link.role,
            caption=link.caption,
        )
        for order, link in enumerate(kept, start=1)
    ]
    chains.change(office.organisation, "plan", links, by=fresh(office.coordinator))

    line = last_line(office.organisation)

    before, after = changes_of(line)["ลำดับการลงนาม"]
    assert (len(before.splitlines()), len(after.splitlines())) == (5, 4)
    assert after.splitlines()[0].startswith("ตำแหน่ง: หัวหน้าสำนักปลัด · หน้าที่: ให้ความเห็น")
    assert [(note.label, note.text) for note in line.notes] == [("สายการลงนามของ", "แผน/มาตรการ")]


def test_a_reason_is_a_note_of_its_own(office):
    signoff = submit(office)
    signoffs.return_for_correction(current(signoff), by=office.head, reason=REASON)

    notes = {note.label: note.text for note in last_line(office.organisation).notes}

    assert notes["เหตุผล"] == REASON


def test_long_texts_are_compared_word_by_word():
    before = "จัดประชุมชี้แจงแนวทางการประเมินคุณธรรมและความโปร่งใสให้แก่บุคลากรของหน่วยงานทุกคน"
    change = Change("ผล", before, before.replace("ทุกคน", "บางส่วน"))

    assert [(piece.kind, piece.text) for piece in change.pieces] == [
        ("same", before.removesuffix("ทุกคน")),
        ("removed", "ทุกคน"),
        ("added", "บางส่วน"),
    ]


def test_short_texts_stand_beside_each_other():
    assert Change("สถานะ", "ก", "ข").pieces == []
    assert Change("สถานะ", "ก", "ข").sentence() == "สถานะ: เดิม ก เป็น ข"


@pytest.mark.parametrize(
    "name", ["password", "token_sha256", "secret", "order_file_sha256", "hash", "api_token"]
)
def test_secrets_and_hashes_are_never_shown(office, name):
    record(
        EventVerb.RECORD_CHANGED,
        office.staff,
        by=office.coordinator,
        organisation=office.organisation,
        data={"before": {name: "ลับหนึ่ง"}, "after": {name: "ลับสอง"}, name: "ลับสาม"},
    )

    line = last_line(office.organisation)

    assert (line.changes, line.notes) == ((), ())


def test_rows_are_named_with_as_many_queries_for_many_events_as_for_few(
    office, django_assert_num_queries
):
    holding = PostHolding.objects.filter(user=office.staff).get()
    for person in User.objects.all()[:5]:
        record(
            EventVerb.RECORD_CHANGED,
            holding,
            by=office.coordinator,
            organisation=office.organisation,
            data={
                "before": {"user": str(office.staff.pk), "post": str(office.staff_post.pk)},
                "after": {"user": str(person.pk), "post": str(office.head_post.pk)},
            },
        )
    events = list(Event.objects.filter(organisation=office.organisation).order_by("-sequence"))

    for some in (events[:1], events[:5]):
        with django_assert_num_queries(2):  # people, posts
            history.lines_of(some)


def test_whatever_the_whole_way_logs_is_told_without_a_word_of_code(office):
    document = make_draft(office)
    documents.edit(
        document,
        by=office.coordinator,
        version=document.version,
        subject="รายงานฉบับแก้ไข",
        has_annex=False,
    )
    document.refresh_from_db()
    publish(office, make_approved(office, document))

    lines = history.lines_of(Event.objects.filter(organisation=office.organisation))

    assert len(lines) > 10
    told = [
        text
        for line in lines
        for text in (
            line.did,
            *(change.label for change in line.changes),
            *(note.label for note in line.notes),
        )
    ]
    assert [
        text for text in told if re.search(r"[a-z]_|[a-z]-[0-9]|ข้อมูลอื่น|None|True|False", text)
    ] == []
