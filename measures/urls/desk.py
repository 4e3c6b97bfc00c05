"""/desk/: staff, coordinator and executives. Everything here asks for sign-in."""

from django.urls import path

from measures.views import documents, late_permits, progress, proofreading, rounds, start

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
    path("rounds/<int:pk>/late-permits/", late_permits.grant, name="late_permit_grant"),
    path("late-permits/<int:pk>/withdraw/", late_permits.withdraw, name="late_permit_withdraw"),
    # /desk/entries/, /desk/evidence/
    path("entries/<int:pk>/", progress.entry, name="entry"),
    path("entries/<int:pk>/evidence/", progress.add_evidence, name="evidence_add"),
    path("evidence/<int:pk>/remove/", progress.remove_evidence, name="evidence_remove"),
    path("evidence/<int:pk>/file/", progress.evidence_file, name="evidence_file"),
    # /desk/documents/
    path("documents/<int:pk>/", documents.show, name="document"),
    path("documents/<int:pk>/edit/", documents.edit, name="document_edit"),
    path("documents/<int:pk>/submit/", documents.submit, name="document_submit"),
    path("documents/<int:pk>/remarks/waive/", proofreading.waive, name="remark_waive"),
    path("documents/<int:pk>/remarks/withdraw/", proofreading.withdraw, name="remark_withdraw"),
    path("documents/<int:pk>/recall/", documents.recall, name="document_recall"),
    path("documents/<int:pk>/reopen/", documents.reopen, name="document_reopen"),
    path("documents/<int:pk>/correct/", documents.correct, name="document_correct"),
]
