"""The demo as the command loads it: once, the right facts, signed and published where it says."""

import datetime

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.core.management import CommandError
from django.test import override_settings

from measures.domain import demo, documents
from measures.domain.planning import library
from measures.domain.planning.score_movements import movements_of
from measures.domain.publishing import verification
from measures.domain.recording import progress
from measures.domain.recording.locks import lock_of_plan
from measures.models import (
    AssessmentResult,
    Document,
    Event,
    Evidence,
    Finding,
    Framework,
    Notice,
    Organisation,
    Post,
    ProgressEntry,
    Publication,
    ReportingRound,
    Step,
    TemplateOffer,
    User,
)
from tests.factories.analysis import S2_SCORES
from tests.reports.conftest import load

ORGANISATIONS = ["thara", "don", "tha", "khao", "na"]
PEOPLE = ["staff", "finance", "coordinator", "head", "deputy", "clerk", "mayor"]
PUBLISHED = ["thara", "don", "tha", "khao"]


def organisation(name: str) -> Organisation:
    return Organisation.objects.get(slug=f"sommut-{name}")


def report_of(name: str) -> dict:
    return Publication.objects.get(organisation=organisation(name), kind="progress_report").content


def open_round() -> ReportingRound:
    return ReportingRound.objects.get(organisation=organisation("na"), fiscal_year=2564)


@override_settings(DEMO_MODE=False)
def test_refuses_outside_demo_mode():
    with pytest.raises(CommandError, match="โหมดสาธิต"):
        load()


def test_prints_the_accounts_and_their_password(printed):
    lines = printed.splitlines()
    assert lines[:2] == ["โหลดข้อมูลสาธิตแล้ว", f"รหัสผ่านของทุกบัญชี: {demo.PASSWORD}"]
    usernames = [line.split()[0] for line in lines[2:]]
    expected = [f"{name}.{person}" for name in ORGANISATIONS for person in PEOPLE]
    assert sorted(usernames) == sorted(["admin", *expected])


def test_a_second_run_changes_nothing(printed):
    before = [model.objects.count() for model in (Event, User, Document, Evidence, ProgressEntry)]
    again = load()
    assert again.splitlines()[0] == "มีข้อมูลสาธิตอยู่แล้ว ไม่ได้เปลี่ยนแปลงข้อมูลใด"
    assert again.splitlines()[1:] == printed.splitlines()[1:]
    after = [model.objects.count() for model in (Event, User, Document, Evidence, ProgressEntry)]
    assert after == before


def test_nobody_is_written_to_about_approvals_of_years_past(printed):
    assert mail.outbox == []


def test_everyone_can_sign_in_and_has_an_address(printed):
    assert len(demo.PASSWORD) >= 12
    people = list(User.objects.exclude(username="admin"))
    assert len(people) == len(ORGANISATIONS) * len(PEOPLE)
    assert {person.email for person in people} == {
        f"{person.username}@example.go.th" for person in people
    }
    hashes = set(User.objects.values_list("password", flat=True))
    assert all(check_password(demo.PASSWORD, hashed) for hashed in hashes)


def test_every_person_is_plainly_invented(printed):
    assert all("สมมติ" in person.last_name for person in User.objects.all())


def test_coordinators_and_the_administrator_alone_reach_the_back_office(printed):
    staff = User.objects.filter(is_staff=True).values_list("username", flat=True)
    assert sorted(staff) == sorted(["admin", *(f"{name}.coordinator" for name in ORGANISATIONS)])


def test_all_frameworks_are_there(printed):
    years = Framework.objects.order_by("fiscal_year").values_list("fiscal_year", flat=True)
    assert list(years) == list(range(2563, 2570))


@pytest.mark.parametrize(
    ("name", "year", "months", "measures", "steps", "layout"),
    [
        ("thara", 2566, 12, 10, 24, "memo_photos"),
        ("don", 2567, 6, 10, 25, "indicator_table"),
        ("tha", 2567, 12, 9, 23, "item_narrative"),
        ("khao", 2566, 12, 6, 13, "cover_table"),
        ("na", 2564, 6, 6, 10, "memo_status"),
    ],
)
def test_facts_of_each_office(printed, name, year, months, measures, steps, layout):
    office = organisation(name)
    assert office.default_layout == layout
    assert office.rounds.filter(fiscal_year=year, months=months).count() == 1
    assert office.measures.of_year(year).count() == measures
    assert Step.objects.filter(measure__in=office.measures.of_year(year)).count() == steps


@pytest.mark.parametrize("name", PUBLISHED)
def test_four_offices_have_published_plan_and_report(printed, name):
    found = Publication.objects.filter(organisation=organisation(name)).order_by("number")
    assert [publication.kind for publication in found] == ["plan", "progress_report"]
    for publication in found:
        with publication.pdf.open("rb") as file:
            assert file.read(5) == b"%PDF-"
    assert documents.missing(found[1].document) == []


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_hashes_and_logs_hold(printed, name):
    assert verification.verify(organisation(name)) == []


def test_the_days_of_the_documents_are_those_of_the_sources(printed):
    days = {name: report_of(name)["memo"]["date"] for name in ("thara", "don")}
    assert days == {"thara": "2023-11-21", "don": "2024-03-31"}


def test_every_published_photograph_lies_in_the_media_folder(printed):
    photographs = Evidence.objects.filter(kind="photo")
    assert photographs.count() == 28
    assert {(row.width, row.height) for row in photographs} == {(1600, 1200)}
    assert all(row.derived.storage.exists(row.derived.name) for row in photographs)


def test_a_library_and_a_template_that_two_offices_can_answer_are_there_to_be_tried(printed):
    shared = [(each.organisation.slug, each.number) for each in library.listed()]
    assert sorted(shared) == [
        *(("sommut-khao", number) for number in (2, 5)),
        *(("sommut-tha", number) for number in (1, 2, 5)),
        *(("sommut-thara", number) for number in (3, 4, 9)),
    ]
    seen = movements_of(list(library.listed()))
    assert sum(map(len, seen.values())) == 4  # I7, I8, I9 and E2, whose scores are published
    supervised = organisation("tha").supervised.values_list("slug", flat=True)
    assert sorted(supervised) == ["sommut-khao", "sommut-thara"]
    for offer in TemplateOffer.objects.all():
        assert (offer.answer, len(offer.template.content["measures"])) == ("waiting", 9)
        assert lock_of_plan(offer.organisation, offer.template.fiscal_year) is None
    assert TemplateOffer.objects.count() == 2
    assert not Notice.objects.filter(read_at=None).exists()


def test_dons_clerk_acts_and_the_post_has_no_holder_of_its_own(printed):
    post = Post.objects.get(organisation=organisation("don"), title="ปลัดองค์การบริหารส่วนตำบลสมมติดอน")
    holdings = post.holdings.all()
    assert [(h.user.username, h.kind, h.order_number) for h in holdings] == [
        ("don.clerk", "acting_for", "412/2563")
    ]
    last = report_of("don")["signoff"][-1]
    assert (last["role"], last["position_lines"]) == (
        "final",
        [
            "รองปลัดองค์การบริหารส่วนตำบล รักษาราชการแทน",
            "ปลัดองค์การบริหารส่วนตำบลสมมติดอน",
        ],
    )


def test_dons_measures_are_the_ten_indicators(printed):
    indicators = [measure["indicator"] for measure in report_of("don")["measures"]]
    assert [text.split(".")[0] for text in indicators] == [str(n) for n in range(1, 11)]
    periods = {measure["period"]["text"] for measure in report_of("don")["measures"]}
    assert periods == {"ม.ค.- ก.ย. ๖๗"}


def test_thas_ten_scores_and_nine_findings(printed):
    report = report_of("tha")
    assert {item["code"]: item["score"] for item in report["assessment"]["items"]} == (S2_SCORES)
    assert [finding["items"] for finding in report["findings"]] == [
        measure["items"] for measure in report["measures"]
    ]
    assert Finding.objects.of_organisation(organisation("tha")).count() == 9


def test_tharas_short_chain(printed):
    signers = [(step["role"], step["decision"]) for step in report_of("thara")["signoff"]]
    assert signers == [("preparer", "signed"), ("opinion", "approved"), ("final", "approved")]


def test_khaos_periods_stand_as_written(printed):
    periods = [measure["period"]["text"] for measure in report_of("khao")["measures"]]
    assert periods == [
        "ตุลาคม ๒๕๖๕ - เมษายน ๒๕๖๖",
        "ตุลาคม ๒๕๖๕ - ธันวาคม ๒๕๖๕",
        "เป็นประจำทุกเดือน รอบไตรมาส รอบ๖เดือน ในปีงบประมาณ พ.ศ.๒๕๖๖",
        "๑ มกราคม – มิถุนายน ๒๕๖๖",
        "๑ มกราคม – ๓๐ มิถุนายน ๒๕๖๖",
        "๑ ตุลาคม ๒๕๖๕ – ๓๐ กันยายน ๒๕๖๖",
    ]


def test_nas_round_is_open_overdue_and_half_entered(printed):
    reporting_round = open_round()
    assert (reporting_round.opens_on, reporting_round.due_on, reporting_round.closed_at) == (
        datetime.date(2020, 10, 1),
        datetime.date(2021, 3, 31),
        None,
    )
    assert not organisation("na").documents.exists()
    entries = progress.entries_of(reporting_round)
    assert len(entries) == 18
    assert len([entry for entry in entries if entry.is_reported()]) == 9
    assert {entry.updated_by.username for entry in entries if entry.is_reported()} == {
        "na.staff",
        "na.finance",
        "na.coordinator",
    }


def test_nas_entries_have_last_years_text_beside_them(printed):
    entry = open_round().entries.get(measure__number=1, division__name="กองคลัง")
    earlier = progress.previous_entry(entry)
    assert earlier is not None
    assert earlier.round.fiscal_year == 2563


def test_nas_result_of_2563(printed):
    result = AssessmentResult.objects.get(organisation=organisation("na"))
    assert (result.fiscal_year, str(result.total), result.level) == (2563, "51.63", "E")


def test_nas_chain_of_five_and_the_rank_of_its_second(printed):
    chain = organisation("na").chain.filter(kind="progress_report").order_by("order")
    assert [link.post.title for link in chain] == [
        "ผู้ช่วยนักวิเคราะห์นโยบายและแผน",
        "หัวหน้าสำนักปลัด",
        "รองปลัดองค์การบริหารส่วนตำบลสมมตินา",
        "ปลัดองค์การบริหารส่วนตำบลสมมตินา",
        "นายกองค์การบริหารส่วนตำบลสมมตินา",
    ]
    assert [link.role for link in chain] == ["preparer", *["opinion"] * 3, "final"]
    assert User.objects.get(username="na.head").rank == "จำเอก"


def test_the_password_is_not_written_to_the_log(printed):
    hashed = User.objects.get(username="na.staff").password
    for event in Event.objects.filter(target_type="user"):
        assert hashed not in str(event.data)
        assert settings.SECRET_KEY not in str(event.data)
