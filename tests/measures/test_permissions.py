"""Who may do what: each answer for the whole cast, and the querysets say the same."""

import datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from measures import permissions
from measures.domain.filing import evidence
from measures.domain.recording import progress
from measures.domain.signing import signoffs
from measures.models import (
    AssessmentResult,
    ChainPost,
    CheckedLink,
    Delivery,
    Division,
    Document,
    Event,
    Evidence,
    FileImport,
    Finding,
    Framework,
    Guidance,
    Handover,
    Instrument,
    Invitation,
    Item,
    LatePermit,
    Measure,
    Notice,
    NoticeChannel,
    Organisation,
    PlanTemplate,
    Post,
    PostHolding,
    ProgressEntry,
    ProgressRevision,
    Publication,
    Rendering,
    ReportingRound,
    Responsibility,
    ReviewLink,
    ReviewVisit,
    RoundKit,
    Score,
    SharedMeasure,
    Signoff,
    SignoffComment,
    SignoffStep,
    Step,
    StepMark,
    Target,
    TargetValue,
    TemplateOffer,
    Waiver,
)
from measures.models.scopes import ScopedQuerySet
from measures.permissions import NotAllowed
from tests.factories.flow import approve_up_to, current, make_draft, publish, submit
from tests.factories.organisations import make_post
from tests.factories.people import hold, make_administrator, make_office, make_user
from tests.factories.plan_rows import PlanRows
from tests.factories.working_day import WorkingDay

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)
TOMORROW = timezone.localdate() + datetime.timedelta(days=1)

CAST = [
    "staff",
    "finance_staff",
    "coordinator",
    "head",
    "deputy",
    "clerk",
    "mayor",
    "outsider",
    "retired",
    "not_yet",
    "postless",
    "superuser",
    "inactive",
    "inactive_superuser",
    "anonymous",
]

SCOPED = {
    Organisation: lambda row: row,
    Division: lambda row: row.organisation,
    Post: lambda row: row.organisation,
    PostHolding: lambda row: row.post.organisation,
    ReportingRound: lambda row: row.organisation,
    AssessmentResult: lambda row: row.organisation,
    Score: lambda row: row.result.organisation,
    Finding: lambda row: row.organisation,
    Measure: lambda row: row.organisation,
    Step: lambda row: row.measure.organisation,
    Responsibility: lambda row: row.measure.organisation,
    ProgressEntry: lambda row: row.measure.organisation,
    Evidence: lambda row: row.entry.measure.organisation,
    Document: lambda row: row.organisation,
    ChainPost: lambda row: row.organisation,
    Signoff: lambda row: row.document.organisation,
    SignoffStep: lambda row: row.signoff.document.organisation,
    Waiver: lambda row: row.document.organisation,
    Rendering: lambda row: row.document.organisation,
    Publication: lambda row: row.organisation,
    Event: lambda row: row.organisation,
    LatePermit: lambda row: row.entry.measure.organisation,
    ProgressRevision: lambda row: row.entry.measure.organisation,
    StepMark: lambda row: row.step.measure.organisation,
    Target: lambda row: row.measure.organisation,
    TargetValue: lambda row: row.target.measure.organisation,
    Guidance: lambda row: row.organisation,
    CheckedLink: lambda row: row.organisation,
    Notice: lambda row: row.organisation,
    Delivery: lambda row: row.organisation,
    NoticeChannel: lambda row: row.organisation,
    SignoffComment: lambda row: row.step.signoff.document.organisation,
    Invitation: lambda row: row.organisation,
    Handover: lambda row: row.organisation,
    ReviewLink: lambda row: row.document.organisation,
    ReviewVisit: lambda row: row.link.document.organisation,
    FileImport: lambda row: row.organisation,
    RoundKit: lambda row: row.round.organisation,
    SharedMeasure: lambda row: row.organisation,
    PlanTemplate: lambda row: row.organisation,
    TemplateOffer: lambda row: row.organisation,
}


@pytest.fixture
def person(office, request):
    """One of the cast, by the name the test asks for."""
    name = request.param
    if name == "anonymous":
        return AnonymousUser()
    if name == "superuser":
        return make_administrator()
    if name == "inactive_superuser":
        return make_administrator(is_active=False)
    if name == "postless":
        return make_user()
    if name in ("retired", "not_yet", "inactive"):
        changes = {
            "retired": {"ends_on": YESTERDAY},
            "not_yet": {"starts_on": TOMORROW},
            "inactive": {},
        }[name]
        someone = make_user(is_active=name != "inactive")
        hold(
            make_post(office.organisation, f"ผู้ประสานงาน {name}", coordinates=True),
            someone,
            **changes,
        )
        return someone
    return getattr(office, name)


@pytest.fixture
def two_full_offices(office):
    """Two offices with a row of every scoped kind, so that each could leak into the other."""
    framework = Framework.objects.create(fiscal_year=2563)
    instrument = Instrument.objects.create(framework=framework, code="IIT")
    item = Item.objects.create(instrument=instrument, number=1)
    offices = (office, make_office())
    for one in offices:
        result = AssessmentResult.objects.create(organisation=one.organisation, fiscal_year=2563)
        Score.objects.create(result=result, item=item, value="51.63")
        Finding.objects.create(
            organisation=one.organisation, fiscal_year=2563, number=1, analysis="ควรชี้แจง"
        )
        entry = progress.entries_of(one.round)[0]
        evidence.attach_link(entry, by=one.staff, url="https://example.go.th/1", caption="ประกาศ")
        publication = publish(one)
        asked = {"requested_at": timezone.now(), "requested_by": one.staff}
        Rendering.objects.create(document=publication.document, content_sha256="a" * 64, **asked)
        Waiver.objects.create(
            document=publication.document,
            rule="no_result",
            fingerprint="a" * 64,
            message="ไม่มีข้อความผล",
            reason="รายงานในรอบหน้า",
            waived_at=timezone.now(),
            waived_by=one.coordinator,
        )
        day = WorkingDay(one, publication.document, entry)
        for write in (
            day.late_permit,
            day.revision,
            day.step_mark,
            day.target_value,
            day.guidance,
            day.checked_link,
            day.notice,
            day.delivery,
            day.notice_channel,
            day.invitation,
            day.handover,
            day.review_visit,
        ):
            write()
        day.signoff_comment(publication.document.signoffs.get().steps.get(order=2))
        plan = PlanRows(one)
        plan.file_import()
        plan.round_kit()
        plan.shared_measure(publication)
        plan.offer()
    return offices


def test_every_scoped_model_is_walked():
    scoped = {
        model
        for model in apps.get_app_config("measures").get_models()
        if isinstance(model._default_manager.get_queryset(), ScopedQuerySet)
    }

    assert scoped == set(SCOPED)


@pytest.mark.parametrize("person", CAST, indirect=True)
def test_rows_one_may_see_are_exactly_the_rows_of_offices_one_may_see(two_full_offices, person):
    for model, organisation_of in SCOPED.items():
        rows = list(model.objects.order_by("pk"))

        assert {organisation_of(row) for row in rows} >= {
            one.organisation for one in two_full_offices
        }
        assert list(model.objects.visible_to(person).order_by("pk")) == [
            row for row in rows if permissions.can_see(person, organisation_of(row))
        ], model


OF_THE_OFFICE = {"staff", "finance_staff", "coordinator", "head", "deputy", "clerk", "mayor"}


@pytest.mark.parametrize("person", CAST, indirect=True)
def test_answers_for_the_whole_cast(office, person, request):
    name = request.node.callspec.params["person"]
    document = make_draft(office)
    secretariat, finance, _finance_two = progress.entries_of(office.round)

    assert {
        "see": bool(permissions.can_see(person, office.organisation)),
        "record own": bool(permissions.can_record(person, secretariat)),
        "record finance": bool(permissions.can_record(person, finance)),
        "coordinate": bool(permissions.can_coordinate(person, office.organisation)),
        "manage": bool(permissions.can_manage(person, office.organisation)),
        "manage install": bool(permissions.can_manage(person, None)),
        "submit": bool(permissions.can_submit(person, document)),
        "waive": bool(permissions.can_waive(person, document)),
        "publish": bool(permissions.can_publish(person, document)),
    } == {
        "see": name in OF_THE_OFFICE | {"superuser"},
        "record own": name in {"staff", "coordinator", "superuser"},
        "record finance": name in {"finance_staff", "coordinator", "superuser"},
        "coordinate": name in {"coordinator", "superuser"},
        "manage": name in {"coordinator", "superuser"},
        "manage install": name in {"superuser"},
        "submit": name in {"coordinator"},
        "waive": name in {"coordinator"},
        "publish": name in {"coordinator"},
    }


@pytest.mark.parametrize("person", CAST, indirect=True)
def test_correcting_and_recalling_is_for_those_who_coordinate_by_post(office, person, request):
    name = request.node.callspec.params["person"]
    publication = publish(office)

    assert bool(permissions.can_correct(person, publication)) == (name == "coordinator")
    signoff = publication.document.signoffs.get()
    assert bool(permissions.can_recall(person, signoff)) == (name == "coordinator")


def test_submitter_who_moved_to_another_post_may_still_recall(office):
    signoff = submit(office)
    second = make_user()
    hold(office.coordinator_post, second)
    office.coordinator.holdings.update(ends_on=YESTERDAY)
    hold(make_post(office.organisation, "นิติกร"), office.coordinator)

    assert bool(permissions.can_recall(office.coordinator, signoff)) is True
    assert bool(permissions.can_submit(office.coordinator, signoff.document)) is False


def test_submitter_who_left_the_office_may_not_recall(office):
    signoff = submit(office)
    office.coordinator.holdings.update(ends_on=YESTERDAY)
    office.coordinator.__dict__.pop("_holdings_today")

    assert bool(permissions.can_recall(office.coordinator, signoff)) is False


def test_substantive_holder_signs_as_such_though_also_ordered_to_act(office):
    hold(office.head_post, office.head, kind="acting_for", substantive_post=office.staff_post)
    signoff = submit(office)

    holding = permissions.holding_for(office.head, current(signoff))

    assert holding.kind == "substantive"


@pytest.mark.parametrize("stage", range(1, 6))
def test_each_stage_waits_for_exactly_one_person(office, stage):
    signoff = approve_up_to(office, submit(office), stage)

    for step in signoff.steps.all():
        deciders = [user for user in office.chain if permissions.can_decide(user, step)]
        assert deciders == ([office.chain[stage]] if step.order == stage + 1 else [])


def test_maker_is_whoever_sent_or_prepared(office):
    second = make_user()
    hold(make_post(office.organisation, "ผู้ช่วยธุรการ", coordinates=True), second)
    signoff = signoffs.submit(make_draft(office), by=second)
    signoffs.approve(current(signoff), by=office.coordinator)
    signoff = Signoff.objects.get()

    assert [
        permissions.is_maker(user, signoff)
        for user in (second, office.coordinator, office.head, AnonymousUser())
    ] == [True, True, False, False]


def test_refusal_is_false_and_raises_its_own_reason():
    with pytest.raises(NotAllowed, match="เพราะว่า"):
        permissions.Denied("เพราะว่า").or_raise()

    assert [bool(permissions.Denied("เพราะว่า")), bool(permissions.Allowed())] == [False, True]
    assert permissions.Allowed().or_raise() is None
