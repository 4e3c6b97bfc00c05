"""Confirming a plan that was read: what is stored, what is left alone, and what is refused."""

import datetime
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from measures.domain.errors import Invalid, Locked, Stale
from measures.domain.importing import plan_imports
from measures.domain.importing.plan_changes import Chosen, Corrected, NumberTaken, PicturesTicked
from measures.domain.importing.plan_drafts import DraftWarning
from measures.domain.importing.plan_matching import Outcome
from measures.domain.importing.plan_results import attach_later
from measures.domain.importing.staged_plans import StagedPlan
from measures.domain.recording.progress import entries_of, record
from measures.models import (
    AssessmentResult,
    Division,
    Event,
    Evidence,
    FileImport,
    Finding,
    Measure,
    ProgressEntry,
    ReportingRound,
    ResponsibilityKind,
    Severity,
)
from measures.permissions import NotAllowed
from tests.factories.locked import LOCKED_DOCUMENTS
from tests.factories.organisations import make_organisation, make_post
from tests.factories.people import Office, hold, make_measure, make_office, make_user
from tests.factories.plan_imports import (
    YEAR,
    draft_measure,
    make_framework,
    make_staged,
    plan_draft,
)

pytestmark = pytest.mark.django_db


def confirm(office: Office, staged: FileImport, *changes, **options) -> FileImport:
    """Confirm what is staged after these changes."""
    staged.refresh_from_db()
    if changes:
        staged = plan_imports.correct(
            staged, by=office.coordinator, version=staged.version, changes=changes
        )
    return plan_imports.confirm(staged, by=office.coordinator, version=staged.version, **options)


def stored(office: Office, year: int = YEAR) -> list[Measure]:
    return list(
        Measure.objects.of_organisation(office.organisation).of_year(year).order_by("number")
    )


def everything(office: Office) -> dict[str, list]:
    """Return all that an import may store, by what it is."""
    own = office.organisation
    return {
        model.__name__: list(model.objects.of_organisation(own).order_by("pk").values())
        for model in (Measure, Division, Finding, AssessmentResult, ProgressEntry, Evidence)
    }


def test_confirming_stores_the_measures_of_the_year_with_all_their_parts(office):
    staged = make_staged(office)
    assert stored(office) == []

    done = confirm(office, staged)

    first, second = stored(office)
    assert (first.number, first.title) == (1, "มาตรการสมมติข")
    assert [step.text for step in first.steps.all()] == ["ชี้แจงในที่ประชุม", "ติดตามผล"]
    assert first.period_text == "ตุลาคม ๒๕๖๗ - กันยายน ๒๕๖๘"
    assert first.starts_on == datetime.date(2024, 10, 1)
    assert first.ends_on == datetime.date(2025, 9, 30)
    assert first.monitoring == "รายงานทุกไตรมาส"
    assert [party.division for party in second.responsibilities.all()] == [office.finance]
    assert [(row["did"], row["id"]) for row in done.report["measures"]] == [
        ("added", first.pk),
        ("added", second.pk),
    ]
    assert done.confirmed_by == office.coordinator
    assert default_storage.exists(done.file.name)
    assert Event.objects.filter(verb="measure_saved", target_id=first.pk).exists()
    assert Event.objects.filter(verb="imported", target_id=done.pk).exists()


def test_importing_the_same_file_twice_changes_nothing(office):
    make_framework(YEAR - 1)
    plan = {
        "items": ["I7"],
        "finding": "คะแนนต่ำเพราะไม่ทราบแผน",
        "status": "done",
        "results": ["ทำแล้ว"],
    }
    measures = [draft_measure(1, **plan), draft_measure(2, responsible=["กองสมมติ"])]
    choices = {
        "with_results": True,
        "round": 12,
        "names": {"กองสมมติ": "new"},
    }
    confirm(office, make_staged(office, plan_draft(*measures, scores={"I7": "79.27"}), **choices))
    before = everything(office)

    done = confirm(
        office, make_staged(office, plan_draft(*measures, scores={"I7": "79.27"}), **choices)
    )

    assert everything(office) == before
    assert [row["did"] for row in done.report["measures"]] == ["same", "same"]
    assert [len(rows) for rows in before.values()] == [4, 4, 1, 1, 2, 0]


def test_a_failure_half_way_stores_nothing_at_all(office):
    broken = draft_measure(2, period=draft_measure(2).period, title="ยาว", responsible=["ก" * 301])
    staged = make_staged(office, plan_draft(draft_measure(1), broken))

    with pytest.raises(Invalid, match="มาตรการลำดับที่ 2"):
        confirm(office, staged)

    assert stored(office) == []
    staged.refresh_from_db()
    assert staged.confirmed_at is None


def test_strangers_and_colleagues_are_refused(office):
    staged = make_staged(office)

    for person in (office.staff, office.mayor, office.outsider):
        with pytest.raises(NotAllowed):
            plan_imports.confirm(staged, by=person, version=0)
        with pytest.raises(NotAllowed):
            plan_imports.correct(staged, by=person, version=0, changes=[])

    assert stored(office) == []


def test_an_import_is_confirmed_once_and_at_the_version_that_was_seen(office):
    staged = make_staged(office)
    plan_imports.correct(
        staged, by=office.coordinator, version=0, changes=[Corrected(1, {"title": "แก้แล้ว"})]
    )

    with pytest.raises(Stale):
        plan_imports.confirm(staged, by=office.coordinator, version=0)
    with pytest.raises(Stale):
        plan_imports.correct(staged, by=office.coordinator, version=0, changes=[])
    confirm(office, staged)
    with pytest.raises(Invalid, match="ยืนยันนำเข้าไปแล้ว"):
        confirm(office, staged)

    assert [measure.title for measure in stored(office)] == ["แก้แล้ว", "มาตรการสมมติค"]


# Numbers that are taken --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        (None, {1: "ของเดิม", 2: "มาตรการสมมติค"}),
        ("leave", {1: "ของเดิม", 2: "มาตรการสมมติค"}),
        ("add", {1: "ของเดิม", 2: "มาตรการสมมติค", 3: "มาตรการสมมติข"}),
        ("replace", {1: "มาตรการสมมติข", 2: "มาตรการสมมติค"}),
        ("identical", {1: "ของเดิม", 2: "มาตรการสมมติค"}),
    ],
)
def test_a_taken_number_is_a_choice(office, answer, titles):
    old = make_measure(
        office.organisation, office.works, fiscal_year=YEAR, number=1, title="ของเดิม"
    )
    staged = make_staged(office)

    done = confirm(office, staged, *([NumberTaken(1, answer)] if answer else []))

    assert {measure.number: measure.title for measure in stored(office)} == titles
    if answer == "replace":
        assert stored(office)[0].pk == old.pk
        assert done.report["measures"][0]["did"] == "replaced"
    if answer == "identical":
        assert (done.report["measures"][0]["did"], done.report["measures"][0]["id"]) == (
            "same",
            old.pk,
        )


def test_a_later_report_that_words_a_title_a_little_differently_reports_on_the_measure_there(
    office,
):
    old = make_measure(
        office.organisation,
        office.secretariat,
        fiscal_year=YEAR,
        number=1,
        title="ควรมีการเผยแพร่ข้อมูลสมมติทางเว็บไซต์",
    )
    report = draft_measure(1, title="มีการเผยแพร่ข้อมูลสมมติทางเว็บไซต์", results=["ลงแล้ว"])
    other = draft_measure(2, title="เรื่องอื่นที่ซ้ำเลข", results=["ไม่เกี่ยว"])
    make_measure(office.organisation, fiscal_year=YEAR, number=2, title="ของเดิมอีกเรื่อง")
    made = make_staged(office, plan_draft(report, other), round=12, with_results=True)
    (warning,) = plan_imports.examination_of(made).measures[0].warnings

    done = confirm(office, made)

    assert "ถือเป็นมาตรการเดียวกับ" in warning.message
    assert [row["did"] for row in done.report["measures"]] == ["same", "left_out"]
    (entry,) = ProgressEntry.objects.written()
    assert (entry.measure, entry.result) == (old, "ลงแล้ว")
    old.refresh_from_db()
    assert old.title == "ควรมีการเผยแพร่ข้อมูลสมมติทางเว็บไซต์"


def test_a_title_twice_in_the_file_is_warned_of_at_the_second(office):
    twins = [draft_measure(n, title=title) for n, title in ((1, "ก"), (2, "ข"), (3, "ก "))]
    made = make_staged(office, plan_draft(*twins))

    warned = [
        (each.place, warning.value)
        for each in plan_imports.examination_of(made).measures
        for warning in each.warnings
        if "ซ้ำ" in warning.message
    ]

    assert warned == [(3, "ก ")]


def test_what_was_added_with_the_next_number_is_found_again(office):
    make_measure(office.organisation, fiscal_year=YEAR, number=1, title="ของเดิม")
    confirm(office, make_staged(office), NumberTaken(1, "add"))

    again = confirm(office, make_staged(office))

    assert [row["did"] for row in again.report["measures"]] == ["same", "same"]
    assert len(stored(office)) == 3


def test_one_title_under_two_numbers_is_two_measures_both_times(office):
    twins = [draft_measure(1, title="ชื่อเดียวกัน"), draft_measure(2, title="ชื่อ เดียวกัน")]
    confirm(office, make_staged(office, plan_draft(*twins)))

    again = confirm(office, make_staged(office, plan_draft(*twins)))

    assert [measure.number for measure in stored(office)] == [1, 2]
    assert [row["did"] for row in again.report["measures"]] == ["same", "same"]


def test_one_number_twice_in_the_file_gets_the_next_and_a_warning(office):
    staged = make_staged(office, plan_draft(draft_measure(1), draft_measure(1, title="อีกเรื่อง")))

    second = plan_imports.examination_of(staged).measures[1]
    confirm(office, staged)

    assert [warning.field for warning in second.warnings] == ["number"]
    assert {each.number: each.title for each in stored(office)} == {1: "มาตรการสมมติข", 2: "อีกเรื่อง"}


def test_what_is_left_out_by_hand_is_not_stored(office):
    done = confirm(office, make_staged(office), Corrected(2, {"is_left_out": True}))

    assert [measure.number for measure in stored(office)] == [1]
    assert done.report["measures"][1]["did"] == "left_out"


# Who is responsible ------------------------------------------------------------------------------


def test_unknown_names_are_warned_of_and_kept_as_text_until_somebody_says_more(office):
    plan = plan_draft(draft_measure(1, responsible=["กองคลัง", "กองอวกาศ (งานดาวเทียม)"]))
    staged = make_staged(office, plan)

    (intended,) = plan_imports.examination_of(staged).measures
    confirm(office, staged)

    assert [(each.field, each.value) for each in intended.warnings] == [
        ("responsible", "กองอวกาศ (งานดาวเทียม)")
    ]
    parties = stored(office)[0].responsibilities.all()
    assert [(party.kind, party.printed()) for party in parties] == [
        (ResponsibilityKind.DIVISION, "กองคลัง"),
        (ResponsibilityKind.COMMITTEE, "กองอวกาศ (งานดาวเทียม)"),
    ]
    assert office.organisation.divisions.count() == 3
    # What nobody answered is a mark on the measure.
    assert [mark["field"] for mark in stored(office)[0].to_review] == ["responsible"]


def test_an_unknown_name_is_matched_and_remembered_as_an_alias(office):
    plan = plan_draft(draft_measure(1, responsible=["สำนักงานปลัด อบต. (งานธุรการ)"]))
    staged = make_staged(office, plan)
    chosen = Chosen(
        {
            "names": {"สำนักงานปลัด อบต.": f"division-{office.secretariat.pk}"},
            "remembered": ["สำนักงานปลัด อบต."],
        }
    )

    confirm(office, staged, chosen)

    (party,) = stored(office)[0].responsibilities.all()
    assert (party.division, party.printed()) == (office.secretariat, "สำนักงานปลัด อบต. (งานธุรการ)")
    office.secretariat.refresh_from_db()
    assert office.secretariat.aliases == "สำนักงานปลัด อบต."
    again = make_staged(office, plan_draft(draft_measure(3, responsible=["สำนักงานปลัด อบต."])))
    assert plan_imports.examination_of(again).unknown_names == []


def test_a_division_of_another_office_is_no_answer(office):
    other = make_office()
    plan = plan_draft(draft_measure(1, responsible=["กองอวกาศ"]))
    staged = make_staged(office, plan, names={"กองอวกาศ": f"division-{other.works.pk}"})

    confirm(office, staged)

    (party,) = stored(office)[0].responsibilities.all()
    assert (party.kind, party.division) == (ResponsibilityKind.COMMITTEE, None)


def test_a_newcomer_gets_its_divisions_from_the_file():
    office = make_office()
    newcomer = make_organisation()
    hold(make_post(newcomer, coordinates=True), new := make_user())
    office.organisation, office.coordinator = newcomer, new
    names = ["สำนักปลัด", "กองคลัง (งานพัสดุ)", "ทุกส่วนราชการ", "หัวหน้าส่วน"]
    plan = plan_draft(draft_measure(1, responsible=names), draft_measure(2, responsible=["กองคลัง"]))

    done = confirm(office, make_staged(office, plan))

    assert [each.name for each in newcomer.divisions.all()] == ["สำนักปลัด", "กองคลัง"]
    assert [each["name"] for each in done.report["divisions"]] == ["สำนักปลัด", "กองคลัง"]
    parties = stored(office)[0].responsibilities.all()
    assert [(party.kind, party.printed()) for party in parties] == [
        (ResponsibilityKind.DIVISION, "สำนักปลัด"),
        (ResponsibilityKind.DIVISION, "กองคลัง (งานพัสดุ)"),
        (ResponsibilityKind.EVERY_DIVISION, "ทุกส่วนราชการ"),
        (ResponsibilityKind.COMMITTEE, "หัวหน้าส่วน"),
    ]


# The year before ---------------------------------------------------------------------------------


def test_items_indicator_and_analysis_are_of_the_year_before(office):
    make_framework(YEAR - 1)
    first = draft_measure(1, items=["I7", "I99"], finding="บุคลากรไม่ทราบแผน (อ้างอิงจาก o11, O12)")
    staged = make_staged(office, plan_draft(first, scores={"I7": "79.27"}))

    (intended,) = plan_imports.examination_of(staged).measures
    confirm(office, staged)

    (measure,) = stored(office)
    assert [item.code() for item in measure.items.all()] == ["I7"]
    assert [warning.value for warning in intended.warnings] == ["I99"]
    (finding,) = measure.findings.all()
    assert (finding.fiscal_year, finding.is_draft) == (YEAR - 1, False)
    assert finding.analysis == "บุคลากรไม่ทราบแผน (อ้างอิงจาก o11, O12)"
    assert finding.references == "o11, o12"
    assert finding.severity == Severity.FIX_AT_ONCE
    assert [item.code() for item in finding.items.all()] == ["I7"]
    result = AssessmentResult.objects.get(organisation=office.organisation)
    assert result.fiscal_year == YEAR - 1
    assert [str(score) for score in result.scores.all()] == ["I7 = 79.27"]


def test_findings_and_scores_that_are_there_stay_as_they_are(office):
    framework = make_framework(YEAR - 1)
    item = framework.instruments.get(code="IIT").items.get(number=7)
    finding = Finding.objects.create(
        organisation=office.organisation, fiscal_year=YEAR - 1, number=1, analysis="เดิม"
    )
    finding.items.add(item)
    result = AssessmentResult.objects.create(organisation=office.organisation, fiscal_year=YEAR - 1)
    result.scores.create(item=item, value=50)
    first = draft_measure(1, items=["I7"], finding="ใหม่")

    confirm(office, make_staged(office, plan_draft(first, scores={"I7": "79.27"})))

    assert list(stored(office)[0].findings.all()) == [finding]
    assert [each.analysis for each in Finding.objects.all()] == ["เดิม"]
    assert [score.value for score in result.scores.all()] == [50]


# Locks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", LOCKED_DOCUMENTS)
def test_a_locked_plan_takes_nothing_short_of_an_amendment(office, state):
    plan = plan_draft(draft_measure(7))
    staged = make_staged(office, plan, fiscal_year=2564)
    LOCKED_DOCUMENTS[state](office)
    before = everything(office)

    with pytest.raises(Locked):
        confirm(office, staged)

    assert everything(office) == before
    assert plan_imports.examination_of(staged).lock is not None
    if state == "published":
        confirm(office, staged, amendment_reason="ตกหล่นตอนจัดทำแผน")
        assert [each.number for each in stored(office, 2564)] == [1, 2, 7]
        assert Event.objects.filter(verb="measure_amended").count() == 1


def test_what_is_there_already_needs_no_amendment(office):
    same = [draft_measure(each.number, title=each.title) for each in stored(office, 2564)]
    staged = make_staged(office, plan_draft(*same), fiscal_year=2564)
    LOCKED_DOCUMENTS["in_signoff"](office)

    confirm(office, staged)

    assert not Event.objects.filter(verb="measure_saved").exists()


# Results and pictures ----------------------------------------------------------------------------

DONE = {"status": "done", "status_note": "ดูเว็บไซต์", "results": ["จัดประชุม", "ลงเว็บ"]}


def test_results_are_left_out_unless_asked_for(office):
    confirm(office, make_staged(office, plan_draft(draft_measure(1, **DONE))))

    assert not ReportingRound.objects.filter(fiscal_year=YEAR).exists()
    assert not ProgressEntry.objects.written().exists()


def test_results_open_the_round_and_go_to_the_first_division(office):
    parties = ["กองคลัง", "สำนักปลัด"]
    plan = plan_draft(draft_measure(1, responsible=parties, outcomes=["ดีขึ้น"], **DONE))
    staged = make_staged(office, plan, with_results=True, round=12)

    (intended,) = plan_imports.examination_of(staged).measures
    done = confirm(office, staged)

    reporting_round = ReportingRound.objects.get(fiscal_year=YEAR)
    assert (reporting_round.months, done.round) == (12, reporting_round)
    assert reporting_round.opens_on == datetime.date(2024, 10, 1)
    (entry,) = ProgressEntry.objects.written()
    assert entry.division == office.secretariat
    assert (entry.status, entry.status_note) == ("done", "ดูเว็บไซต์")
    assert (entry.result, entry.outcome) == ("จัดประชุม\nลงเว็บ", "ดีขึ้น")
    assert [warning.field for warning in intended.warnings] == ["results"]


def test_results_without_a_status_are_kept_and_not_counted_as_reported(office):
    plan = plan_draft(draft_measure(1, results=["จัดประชุม"]))
    confirm(office, make_staged(office, plan, with_results=True, round=6))

    (entry,) = ProgressEntry.objects.written()

    assert (entry.result, entry.is_reported()) == ("จัดประชุม", False)


def test_what_somebody_has_reported_is_left_alone(office):
    make_measure(office.organisation, office.secretariat, fiscal_year=YEAR, title="มาตรการสมมติข")
    plan = plan_draft(draft_measure(1, **DONE))
    confirm(office, make_staged(office, plan))
    reporting_round = ReportingRound.objects.create(
        organisation=office.organisation,
        fiscal_year=YEAR,
        months=6,
        opens_on=datetime.date(2024, 10, 1),
        due_on=datetime.date(2025, 3, 31),
    )
    (entry,) = entries_of(reporting_round)
    record(entry, by=office.staff, version=0, status="in_progress", result="ของเจ้าหน้าที่")

    done = confirm(office, make_staged(office, plan, with_results=True, round=6))

    entry.refresh_from_db()
    assert (entry.status, entry.result) == ("in_progress", "ของเจ้าหน้าที่")
    assert [each["place"] for each in done.report["kept_entries"]] == [1]


def test_a_closed_round_takes_no_results_and_the_plan_neither(office):
    office.round.closes_on = datetime.date(2021, 4, 30)
    office.round.save()
    plan = plan_draft(draft_measure(7, **DONE))
    staged = make_staged(office, plan, fiscal_year=2564, with_results=True, round=6)

    with pytest.raises(Locked):
        confirm(office, staged)

    assert [each.number for each in stored(office, 2564)] == [1, 2]


def test_ticked_pictures_become_evidence_of_the_results(office):
    plan = plan_draft(draft_measure(1, **DONE))
    staged = make_staged(office, plan, pictures=2, with_results=True, round=6)
    key = StagedPlan.of(staged).plan.measures[0].pictures[1]

    done = confirm(office, staged, PicturesTicked(1, {key: "ภาพการประชุมสมมติ"}))

    (evidence,) = Evidence.objects.all()
    assert (evidence.caption, evidence.kind) == ("ภาพการประชุมสมมติ", "photo")
    assert evidence.entry == ProgressEntry.objects.written().get()
    assert [each["picture"] for each in done.report["evidence"]] == [key]


def test_pictures_can_be_attached_after_the_import(office):
    staged = make_staged(office, pictures=1)
    key = StagedPlan.of(staged).plan.measures[0].pictures[0]
    done = confirm(office, staged, PicturesTicked(1, {key: "ยังไม่มีรอบ"}))
    assert not Evidence.objects.exists()
    reporting_round = ReportingRound.objects.create(
        organisation=office.organisation,
        fiscal_year=YEAR,
        months=6,
        opens_on=datetime.date(2024, 10, 1),
        due_on=datetime.date(2025, 3, 31),
    )
    asked = {"reporting_round": reporting_round, "captions": {key: "ภาพสมมติ", "อื่น": "ไม่ใช่"}}

    with pytest.raises(NotAllowed):
        attach_later(done, by=office.staff, place=1, **asked)
    with pytest.raises(Invalid):
        attach_later(done, by=office.coordinator, place=9, **asked)
    after = attach_later(done, by=office.coordinator, place=1, **asked)

    (evidence,) = Evidence.objects.all()
    assert (evidence.caption, evidence.entry.round) == ("ภาพสมมติ", reporting_round)
    assert [each["id"] for each in after.report["evidence"]] == [evidence.pk]


# What is examined --------------------------------------------------------------------------------


def test_unanswered_warnings_of_the_reading_stay_as_marks_on_the_measure(office):
    warnings = [
        DraftWarning("แถวที่ 2", "ปีอยู่นอกปีงบประมาณ", "๒๕๖๖", measure=1, field="period"),
        DraftWarning("แถวที่ 2", "ข้อความแปลก", "…", measure=1, field="results"),
    ]

    confirm(office, make_staged(office, plan_draft(warnings=warnings)))

    assert stored(office)[0].to_review == [
        {"field": "period_text", "note": "ปีอยู่นอกปีงบประมาณ “๒๕๖๖”"}
    ]
    assert stored(office)[1].to_review == []


def test_examining_asks_as_often_for_many_measures_as_for_few(office, django_assert_num_queries):
    make_framework(YEAR - 1)

    def measures(count: int) -> list:
        return [
            draft_measure(number, title=f"เรื่อง{number}", items=["I7"], responsible=["กองอวกาศ"])
            for number in range(1, count + 1)
        ]

    few, many = (make_staged(office, plan_draft(*measures(count))) for count in (1, 30))

    for staged in (few, many):
        with django_assert_num_queries(7):
            examination = plan_imports.examination_of(staged)
            outcomes = {each.outcome for each in examination.measures}
            assert (outcomes, len(examination.unknown_names)) == ({Outcome.NEW}, 1)


def test_the_daily_run_forgets_what_nobody_confirmed(office, django_capture_on_commit_callbacks):
    old, young, done = make_staged(office), make_staged(office), make_staged(office)
    plan_imports.confirm(done, by=office.coordinator, version=0)
    long_ago = timezone.now() - datetime.timedelta(days=15)
    FileImport.objects.exclude(pk=young.pk).update(uploaded_at=long_ago)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("send_reminders", stdout=StringIO())

    assert set(FileImport.objects.values_list("pk", flat=True)) == {young.pk, done.pk}
    assert not FileImport.objects.filter(pk=old.pk).exists()
    assert default_storage.exists(done.file.name)
