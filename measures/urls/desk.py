"""/desk/: staff, coordinator and executives. Everything here asks for sign-in."""

from django.urls import path

from measures.views import (
    appointments,
    chains,
    documents,
    entry_fields,
    evidence,
    evidence_overview,
    guidance,
    handovers,
    history,
    inbox,
    invitations,
    late_permits,
    people,
    plan,
    posts,
    progress,
    proofreading,
    reviews,
    rounds,
    start,
    statuses,
)

app_name = "desk"

urlpatterns = [
    path("", start.start, name="start"),
    # /desk/rounds/
    path("rounds/new/", rounds.open_new, name="round_new"),
    path("rounds/<int:pk>/", rounds.show, name="round"),
    path("rounds/<int:pk>/dates/", rounds.reschedule, name="round_dates"),
    path("rounds/<int:pk>/close/", rounds.close, name="round_close"),
    path("rounds/<int:pk>/reopen/", rounds.reopen, name="round_reopen"),
    path("rounds/<int:pk>/compile/", rounds.compile_report, name="round_compile"),
    path("rounds/<int:pk>/statuses/", statuses.set_many, name="round_statuses"),
    path("rounds/<int:pk>/late-permits/", late_permits.grant, name="late_permit_grant"),
    path("late-permits/<int:pk>/withdraw/", late_permits.withdraw, name="late_permit_withdraw"),
    # /desk/entries/, /desk/evidence/
    path("entries/<int:pk>/", progress.entry, name="entry"),
    path("entries/<int:pk>/fields/<slug:field>/", entry_fields.save, name="entry_field"),
    path("entries/<int:pk>/fields/<slug:field>/copy/", entry_fields.copy, name="entry_copy"),
    path("entries/<int:pk>/evidence/", evidence.add, name="evidence_add"),
    path("entries/<int:pk>/evidence/list/", evidence.listing, name="evidence_list"),
    path("evidence/<int:pk>/remove/", evidence.remove, name="evidence_remove"),
    path("evidence/<int:pk>/file/", evidence.file, name="evidence_file"),
    # /desk/guidance/
    path("guidance/", guidance.edit, name="guidance"),
    # what is missing or in doubt in the evidence of a year
    path("evidence/", evidence_overview.show, name="evidence_overview"),
    # /desk/plan/
    path("plan/", plan.newest, name="plan_newest"),
    path("plan/<int:fiscal_year>/", plan.show, name="plan"),
    path("plan/measures/new/", plan.new_measure, name="measure_new"),
    path("plan/measures/<int:pk>/", plan.measure, name="measure"),
    path("plan/measures/<int:pk>/delete/", plan.delete, name="measure_delete"),
    # /desk/documents/
    path("documents/<int:pk>/", documents.show, name="document"),
    path("documents/<int:pk>/edit/", documents.edit, name="document_edit"),
    path("documents/<int:pk>/submit/", documents.submit, name="document_submit"),
    path("documents/<int:pk>/remarks/waive/", proofreading.waive, name="remark_waive"),
    path("documents/<int:pk>/remarks/withdraw/", proofreading.withdraw, name="remark_withdraw"),
    path("documents/<int:pk>/recall/", documents.recall, name="document_recall"),
    path("documents/<int:pk>/reopen/", documents.reopen, name="document_reopen"),
    path("documents/<int:pk>/correct/", documents.correct, name="document_correct"),
    # /desk/handovers/
    path("handovers/", handovers.index, name="handovers"),
    path("handovers/new/", handovers.new, name="handover_new"),
    path("handovers/<int:pk>/", handovers.show, name="handover"),
    # /desk/review-links/
    path("documents/<int:pk>/review-links/", reviews.make, name="review_link_make"),
    path("review-links/<int:pk>/", reviews.show, name="review_link"),
    path("review-links/<int:pk>/revoke/", reviews.revoke, name="review_link_revoke"),
    # /desk/history/
    path("history/", history.index, name="history"),
    path("history/list.csv", history.as_csv, name="history_csv"),
    path("history/<slug:kind>/<int:pk>/", history.of_thing, name="history_of"),
    # /desk/chains/
    path("chains/<slug:kind>/", chains.edit, name="chain"),
    # /desk/people/
    path("people/", people.index, name="people"),
    path("people/second-factor/", people.require_second_factor, name="people_second_factor"),
    path("people/appoint/", appointments.appoint, name="appoint"),
    path("people/acting/", appointments.order_acting, name="order_acting"),
    path("people/holdings/<int:pk>/end/", appointments.end, name="holding_end"),
    path("people/holdings/<int:pk>/order.pdf", appointments.order_file, name="order_file"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/invitations/<int:pk>/renew/", invitations.renew, name="invitation_renew"),
    path("people/invitations/<int:pk>/withdraw/", invitations.withdraw, name="invitation_withdraw"),
    path("people/posts/new/", posts.new, name="post_new"),
    path("people/posts/<int:pk>/", posts.edit, name="post_edit"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/switch-off/", people.switch_off, name="person_switch_off"),
    path("people/<int:pk>/switch-on/", people.switch_on, name="person_switch_on"),
    path(
        "people/<int:pk>/reset-second-factor/",
        people.reset_second_factor,
        name="person_reset_second_factor",
    ),
    # /desk/inbox/
    path("inbox/", inbox.index, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox_read_all"),
    path("inbox/settings/", inbox.notice_settings, name="notice_settings"),
    path("inbox/<int:pk>/read/", inbox.read, name="inbox_read"),
]
