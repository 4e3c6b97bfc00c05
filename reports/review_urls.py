"""/review/: a draft for somebody outside who was given its secret address. No sign-in."""

from django.urls import path

from reports.views import reviewing

app_name = "review"

urlpatterns = [
    path("<str:secret>/", reviewing.draft, name="draft"),
    path("<str:secret>/document.pdf", reviewing.pdf, name="pdf"),
    path("<str:secret>/evidence/<slug:sha256>/", reviewing.evidence, name="evidence"),
]
