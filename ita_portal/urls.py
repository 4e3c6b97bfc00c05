"""The addresses: set-up, sign-in, desk, paper and, last because slugs stand at the root, public."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("desk/", include("measures.urls.desk")),
    path("desk/", include("reports.urls")),
    path("verify/", include("reports.public_urls")),
    path("review/", include("reports.review_urls")),
    path("", include("measures.urls.public")),
]
