"""The public addresses. They stand last: slugs of organisations share the root."""

from django.urls import path, register_converter

from measures.views import health, public, public_documents, public_invitations


class FiscalYearConverter:
    """A fiscal year in พ.ศ. with four digits."""

    regex = "2[5-6][0-9]{2}"

    def to_python(self, value: str) -> int:
        """Return the year as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the year as it stands in an address."""
        return str(value)


register_converter(FiscalYearConverter, "fiscal_year")

app_name = "public"
urlpatterns = [
    path("", public.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/invitation/<str:secret>/", public_invitations.answer, name="invitation"),
    path("<slug:slug>/", public.organisation, name="organisation"),
    path("<slug:slug>/documents/<slug:code>/", public_documents.document, name="document"),
    path("<slug:slug>/documents/<slug:code>.pdf", public_documents.pdf, name="pdf"),
    path("<slug:slug>/documents/<slug:code>.archive.pdf", public_documents.archive, name="archive"),
    path(
        "<slug:slug>/documents/<slug:code>/evidence/<slug:sha256>/",
        public_documents.evidence,
        name="evidence",
    ),
    path("<slug:slug>/<fiscal_year:fiscal_year>/", public.year, name="year"),
    path(
        "<slug:slug>/<fiscal_year:fiscal_year>/measures/<int:number>/",
        public.measure,
        name="measure",
    ),
    path("<slug:slug>/<fiscal_year:fiscal_year>/oit/<slug:item>/", public.oit, name="oit"),
]
