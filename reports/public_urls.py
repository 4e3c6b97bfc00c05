"""/verify/: whether a printed or downloaded document is the published one. For everybody."""

from django.urls import path

from reports.views import verifying

app_name = "verify"

urlpatterns = [
    path("", verifying.index, name="index"),
    path("<str:code>/", verifying.publication, name="publication"),
]
