"""What must never be stored is refused by the database, whoever writes it."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from measures.domain import documents, events
from measures.models import (
    AssessmentResult,
    CalendarEntry,
    ChainPost,
    Division,
    Document,
    EventVerb,
    Evidence,
    Finding,
    Framework,
    Indicator,
    Instrument,
    Item,
    Measure,
    Post,
    PostHolding,
    ProgressEntry,
    Publication,
    RatingLevel,
    RatingScheme,
    Remedy,
    Rendering,
    ReportingRound,
    Responsibility,
    Score,
    Signoff,
    SignoffStep,
    Step,
    SubIndicator,
    Waiver,
)
from tests.factories.flow import approve_up_to, make_draft, publish, submit
from tests.factories.people import make_office
from tests.factories.plan_rows import PlanRows
from tests.factories.working_day import WorkingDay

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = datetime.date(2021, 3, 31)
DAY_BEFORE = datetime.date(2021, 3, 30)


class Rows:
    """One sound row of each kind; ``again(row, **changes)`` writes a copy of it."""

    def __init__(self):
        self.office = office = make_office()
        self.organisation = office.organisation
        self.user = office.staff
        self.framework = Framework.objects.create(fiscal_year=2563)
        self.instrument = Instrument.objects.create(framework=self.framework, code="IIT")
        self.indicator = Indicator.objects.create(instrument=self.instrument, number=1, name="ก")
        self.sub = SubIndicator.objects.create(indicator=self.indicator, number="9.1", name="ก")
        self.item = Item.objects.create(instrument=self.instrument, number=1, purpose="plan")
        self.calendar = CalendarEntry.objects.create(
            framework=self.framework, name="ก", starts_on=DAY_BEFORE, ends_on=DAY
        )
        self.scheme = RatingScheme.objects.create(code="letters", name="ก")
        self.level = RatingLevel.objects.create(
            scheme=self.scheme, order=1, name="A", least_total=85
        )
        self.result = AssessmentResult.objects.create(
            organisation=self.organisation, fiscal_year=2563
        )
        self.score = Score.objects.create(result=self.result, item=self.item, value="50")
        self.finding = Finding.objects.create(
            organisation=self.organisation, fiscal_year=2563, number=1, analysis="ก"
        )
        self.measure = office.measures[0]
        self.draft = make_draft(office)
        self.entry = ProgressEntry.objects.first()
        self.evidence = Evidence.objects.create(
            entry=self.entry,
            kind="photo",
            caption="ก",
            original="a.jpg",
            sha256="a" * 64,
            added_at=NOW,
            added_by=self.user,
        )
        self.chain = ChainPost.objects.filter(role="final").first()
        self.day = WorkingDay(office, self.draft, self.entry)
        self.plan = PlanRows(office)

    def signoff(self):
        return submit(self.office, self.draft)

    def waiver(self):
        return Waiver.objects.create(
            document=self.draft,
            rule="mixed_numerals",
            fingerprint="a" * 64,
            message="ก",
            reason="ก",
            waived_at=NOW,
            waived_by=self.user,
        )

    def rendering(self):
        return Rendering.objects.create(
            document=self.draft,
            content_sha256="a" * 64,
            requested_at=NOW,
            requested_by=self.user,
        )


def again(row, **changes):
    row.pk = None
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def changed(row, **changes):
    type(row)._base_manager.filter(pk=row.pk).update(**changes)


def step_of(rows, order):
    return rows.signoff().steps.get(order=order)


DECIDED = {"decision": "approved", "signer_name": "ก", "decided_at": NOW}

# Name of the constraint -> a write it must refuse.
REFUSED = {
    # organisations and people
    "division_name_is_unique_in_organisation": lambda rows: again(rows.office.finance),
    "division_is_not_its_own_parent": lambda rows: changed(
        rows.office.finance, parent=rows.office.finance
    ),
    "post_title_is_unique_in_division": lambda rows: again(rows.office.head_post),
    "post_title_is_unique_without_division": lambda rows: again(rows.office.mayor_post),
    "reporting_post_has_a_division": lambda rows: changed(
        rows.office.mayor_post, reports_progress=True
    ),
    "holding_ends_after_it_starts": lambda rows: changed(
        PostHolding.objects.first(), starts_on=DAY, ends_on=DAY_BEFORE
    ),
    "acting_holding_names_the_substantive_post": lambda rows: changed(
        PostHolding.objects.first(), kind="acting_for"
    ),
    "holding_is_entered_once": lambda rows: again(PostHolding.objects.first()),
    "holding_order_file_is_hashed": lambda rows: changed(
        PostHolding.objects.first(), order_file="orders/1.pdf"
    ),
    "invitation_accepted_at_and_by_go_together": lambda rows: changed(
        rows.day.invitation(), accepted_at=NOW
    ),
    "invitation_withdrawn_at_and_by_go_together": lambda rows: changed(
        rows.day.invitation(), withdrawn_at=NOW
    ),
    "invitation_is_accepted_or_withdrawn": lambda rows: changed(
        rows.day.invitation(),
        accepted_at=NOW,
        accepted_by=rows.user,
        withdrawn_at=NOW,
        withdrawn_by=rows.user,
    ),
    "invitation_waits_once_per_post_and_address": lambda rows: again(
        rows.day.invitation(), token_sha256="b" * 64
    ),
    "handover_is_between_two_people": lambda rows: again(
        rows.day.handover(), to_user=rows.user, from_user=rows.user
    ),
    "organisation_thresholds_are_in_order": lambda rows: changed(
        rows.organisation, fix_at_once_below=86
    ),
    "organisation_does_not_supervise_itself": lambda rows: changed(
        rows.organisation, supervisor=rows.organisation
    ),
    # framework
    "level_order_is_unique": lambda rows: again(rows.level, name="B"),
    "level_name_is_unique": lambda rows: again(rows.level, order=2),
    "instrument_is_unique_in_framework": lambda rows: again(rows.instrument),
    "instrument_weight_is_a_percentage": lambda rows: changed(rows.instrument, weight=101),
    "indicator_number_is_unique_in_instrument": lambda rows: again(rows.indicator),
    "sub_indicator_number_is_unique_in_indicator": lambda rows: again(rows.sub),
    "item_number_is_unique_in_instrument": lambda rows: again(rows.item, purpose=""),
    "item_purpose_is_unique_in_framework": lambda rows: again(rows.item, number=2),
    "calendar_entry_is_unique_in_framework": lambda rows: again(rows.calendar),
    "calendar_entry_ends_after_it_starts": lambda rows: changed(
        rows.calendar, starts_on=DAY, ends_on=DAY_BEFORE
    ),
    "remedy_number_is_unique_in_framework": lambda rows: again(
        Remedy.objects.create(framework=rows.framework, number=1)
    ),
    # results and findings
    "result_is_unique_in_fiscal_year": lambda rows: again(rows.result),
    "result_scores_are_0_to_100": lambda rows: changed(rows.result, eit="100.01"),
    "score_is_unique_per_item": lambda rows: again(rows.score),
    "score_is_0_to_100": lambda rows: changed(rows.score, value="-0.01"),
    "finding_number_is_unique_in_fiscal_year": lambda rows: again(rows.finding),
    # measures
    "measure_number_is_unique_in_fiscal_year": lambda rows: again(rows.measure),
    "measure_ends_after_it_starts": lambda rows: changed(
        rows.measure, starts_on=DAY, ends_on=DAY_BEFORE
    ),
    "measure_number_starts_at_1": lambda rows: changed(rows.measure, number=0),
    "step_number_is_unique_in_measure": lambda rows: again(Step.objects.first()),
    "target_number_is_unique_in_measure": lambda rows: again(rows.day.target()),
    "responsible_division_is_named": lambda rows: changed(
        Responsibility.objects.first(), division=None
    ),
    "responsible_post_is_named": lambda rows: changed(Responsibility.objects.first(), kind="post"),
    "responsible_committee_is_named": lambda rows: changed(
        Responsibility.objects.first(), kind="committee"
    ),
    "every_division_names_no_division": lambda rows: changed(
        Responsibility.objects.first(), kind="every_division"
    ),
    "measure_is_shared_once": lambda rows: again(
        rows.plan.shared_measure(publish(rows.office, approved(rows)))
    ),
    "shared_measure_withdrawn_at_and_by_go_together": lambda rows: changed(
        rows.plan.shared_measure(publish(rows.office, approved(rows))), withdrawn_at=NOW
    ),
    "template_is_offered_once": lambda rows: again(rows.plan.offer()),
    "offer_answered_at_and_by_go_together": lambda rows: changed(
        rows.plan.offer(), answer="accepted"
    ),
    # files that people bring in
    "import_confirmed_at_and_by_go_together": lambda rows: changed(
        rows.plan.file_import(), confirmed_at=NOW
    ),
    "import_is_done_only_once_confirmed": lambda rows: changed(
        rows.plan.file_import(), state="done"
    ),
    # rounds and entries
    "round_is_unique_in_fiscal_year": lambda rows: again(rows.office.round),
    "round_is_due_after_it_opens": lambda rows: changed(
        rows.office.round, opens_on=DAY, due_on=DAY_BEFORE
    ),
    "round_closed_at_and_by_go_together": lambda rows: changed(rows.office.round, closed_at=NOW),
    "round_closes_after_it_is_due": lambda rows: changed(
        rows.office.round, due_on=DAY, closes_on=DAY_BEFORE
    ),
    "late_permit_has_a_reason": lambda rows: changed(rows.day.late_permit(), reason=""),
    "late_permit_withdrawn_at_and_by_go_together": lambda rows: changed(
        rows.day.late_permit(), withdrawn_at=NOW
    ),
    "field_is_saved_once_per_entry_version": lambda rows: again(rows.day.revision(), key=None),
    "request_saves_a_field_once": lambda rows: again(rows.day.revision(), entry_version=90_002),
    "step_is_marked_once_per_entry": lambda rows: again(rows.day.step_mark()),
    "target_has_one_value_per_entry": lambda rows: again(rows.day.target_value()),
    "guidance_is_unique_per_field": lambda rows: again(rows.day.guidance()),
    "guidance_of_the_install_is_unique_per_field": lambda rows: again_of_the_install(
        rows.day.guidance()
    ),
    "progress_is_unique_per_division_and_round": lambda rows: again(rows.entry),
    "progress_updated_at_and_by_go_together": lambda rows: changed(rows.entry, updated_by=None),
    "reported_entry_has_been_written": lambda rows: again(
        rows.entry, division=rows.office.works, updated_at=None, updated_by=None, version=0
    ),
    "evidence_removed_at_and_by_go_together": lambda rows: changed(rows.evidence, removed_at=NOW),
    "evidence_is_a_link_or_a_hashed_file": lambda rows: changed(rows.evidence, sha256=""),
    "evidence_file_is_attached_once": lambda rows: again(rows.evidence),
    "evidence_scan_says_when": lambda rows: changed(rows.evidence, scan_verdict="clean"),
    "link_is_checked_once_per_organisation": lambda rows: again(rows.day.checked_link()),
    "dead_link_says_why": lambda rows: changed(rows.day.checked_link(), dead_since=NOW),
    # documents and sign-off
    "progress_report_has_a_round_and_plan_has_none": lambda rows: changed(rows.draft, kind="plan"),
    "one_report_on_its_way_per_round": lambda rows: again(rows.draft),
    "one_plan_on_its_way_per_year": lambda rows: again(
        documents.compile_plan(rows.organisation, 2564, by=rows.office.coordinator)
    ),
    "correction_has_a_reason": lambda rows: correction_without_a_reason(rows),
    "chain_order_is_unique": lambda rows: again(
        rows.chain, post=rows.office.staff_post, role="opinion"
    ),
    "chain_post_stands_once": lambda rows: again(rows.chain, order=9, role="opinion"),
    "chain_has_one_final_post": lambda rows: again(
        rows.chain, order=9, post=rows.office.staff_post
    ),
    "signoff_attempt_is_unique_in_document": lambda rows: again(
        rows.signoff(), outcome="recalled", ended_at=NOW, ended_by=rows.user
    ),
    "one_signoff_runs_per_document": lambda rows: again(rows.signoff(), attempt=2),
    "signoff_outcome_ended_at_and_by_go_together": lambda rows: changed(
        rows.signoff(), outcome="approved"
    ),
    "signoff_step_order_is_unique": lambda rows: again(step_of(rows, 2)),
    "signoff_step_decision_at_and_by_go_together": lambda rows: changed(
        step_of(rows, 2), **DECIDED
    ),
    "signoff_step_sent_back_has_a_reason": lambda rows: changed(
        step_of(rows, 2), **DECIDED | {"decision": "returned", "decided_by": rows.user}
    ),
    "only_the_final_post_refuses": lambda rows: changed(
        step_of(rows, 2),
        **DECIDED | {"decision": "refused", "decided_by": rows.user, "reason": "ก"},
    ),
    "only_the_preparer_signs_without_opinion": lambda rows: changed(
        step_of(rows, 2), **DECIDED | {"decision": "signed", "decided_by": rows.user}
    ),
    "signoff_comment_says_something": lambda rows: again(
        rows.day.signoff_comment(step_of(rows, 2)), place="closing", text=""
    ),
    "signoff_step_comments_once_on_a_place": lambda rows: again(
        rows.day.signoff_comment(step_of(rows, 2))
    ),
    "review_link_revoked_at_and_by_go_together": lambda rows: changed(
        rows.day.review_link(), revoked_at=NOW
    ),
    # notices
    "notice_is_given_once_per_occasion": lambda rows: again(rows.day.notice()),
    "one_digest_a_day_per_person": lambda rows: again(rows.day.delivery()),
    "office_has_one_of_each_channel": lambda rows: again(rows.day.notice_channel()),
    "webhook_has_an_address": lambda rows: changed(rows.day.notice_channel(), address=""),
    # proofreading and paper
    "remark_is_waived_once_per_document": lambda rows: again(rows.waiver()),
    "waiver_has_a_reason": lambda rows: changed(rows.waiver(), reason=""),
    "same_paper_is_drawn_once": lambda rows: again(rows.rendering()),
    "rendering_parts_done_are_at_most_all": lambda rows: changed(
        rows.rendering(), parts_done=2, parts_total=1
    ),
    "rendering_that_ended_says_when": lambda rows: changed(rows.rendering(), state="done"),
    # publications and events
    "publication_number_is_unique": lambda rows: again_published(rows, number=1),
    "publication_number_starts_at_1": lambda rows: again_published(rows, number=0),
    "event_sequence_is_unique_in_chain": lambda rows: again(
        rows.organisation.events.first(), hash="0" * 64
    ),
    "event_sequence_is_unique_in_the_install": lambda rows: again(
        events.record(EventVerb.IMPORTED, rows.organisation, by=None, organisation=None),
        hash="0" * 64,
    ),
}


def again_of_the_install(guidance):
    again(guidance, organisation=None)
    again(guidance)


def correction_without_a_reason(rows):
    publication = publish(rows.office, approved(rows))
    again(
        Document.objects.get(pk=publication.document_id),
        corrects=publication.document,
        state="draft",
    )


def approved(rows):
    approve_up_to(rows.office, rows.signoff(), 5)
    return Document.objects.get(pk=rows.draft.pk)


def again_published(rows, **changes):
    publication = publish(rows.office, approved(rows))
    document = Document.objects.get(pk=publication.document_id)
    document.pk = None
    document.save(force_insert=True)
    again(
        publication, document=document, code="aaaa-2222", hash="0" * 64, supersedes=None, **changes
    )


def named_constraints():
    return {
        constraint.name
        for model in apps.get_app_config("measures").get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_of_the_models_is_tried():
    assert set(REFUSED) == named_constraints()


@pytest.mark.parametrize("name", REFUSED)
def test_database_refuses(name):
    rows = Rows()
    write = REFUSED[name]

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write(rows)

    assert name in str(error.value) or names_columns_of(name, str(error.value))


def names_columns_of(name, message):
    """SQLite tells a plain unique constraint by its columns, not by its name."""
    for model in apps.get_app_config("measures").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                columns = [model._meta.get_field(field).column for field in constraint.fields]
                return all(f"{model._meta.db_table}.{column}" in message for column in columns)
    return False


@pytest.mark.parametrize(
    "model",
    [Post, Division, Measure, ReportingRound, Signoff, SignoffStep, Document, Publication],
)
def test_nothing_that_others_depend_on_is_swept_away(model):
    """What was decided or published hangs on these by PROTECT, not CASCADE."""
    cascading = {
        (relation.related_model.__name__, relation.field.name)
        for relation in model._meta.related_objects
        if relation.on_delete is not None and relation.on_delete.__name__ == "CASCADE"
    }

    # The parts of a measure go with it; the verb refuses where anything was reported.
    parts = {("Step", "measure"), ("Responsibility", "measure"), ("Target", "measure")}
    through = {pair for pair in cascading if "_" in pair[0]}
    assert cascading - through == (parts if model is Measure else set())
