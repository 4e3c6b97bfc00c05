"""Organisations, their divisions, and the order in which their posts sign."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from measures import permissions
from measures.admin.base import FIELDS, RecordAdmin, own, person
from measures.admin.sheets import SheetsAdmin
from measures.forms.emblems import EmblemField
from measures.models import ChainPost, Division, Organisation
from measures.resources import DivisionResource, OrganisationResource


@admin.register(Organisation)
class OrganisationAdmin(SheetsAdmin, RecordAdmin):
    """Local governments. Only the administrator adds one; each coordinator keeps their own."""

    resource_classes = [OrganisationResource]
    made_by_administrator = True
    formfield_overrides = FIELDS | {models.ImageField: {"form_class": EmblemField}}
    list_display = ["name", "kind", "amphoe", "changwat", "slug"]
    list_filter = ["kind", "changwat"]
    search_fields = ["search_text", "slug"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Leave to the administrator the slug, on which addresses hang, and who supervises."""
        return [] if person(request).is_superuser else ["slug", "supervisor"]


@admin.register(Division)
class DivisionAdmin(SheetsAdmin, RecordAdmin):
    """Divisions and their sub-units."""

    resource_classes = [DivisionResource]
    list_display = ["name", "parent", "organisation", "order", "closed_on"]
    list_select_related = ["parent", "organisation"]
    list_filter = [own("organisation"), own("parent")]
    search_fields = ["name", "aliases"]
    autocomplete_fields = ["parent"]


@admin.register(ChainPost)
class ChainPostAdmin(RecordAdmin):
    """Which posts a document passes, in which order."""

    list_display = ["order", "post", "role", "kind", "organisation"]
    list_display_links = ["post"]
    list_select_related = ["post", "organisation"]
    list_filter = [own("organisation"), "kind", "role"]
    search_fields = ["post__title", "caption"]
    autocomplete_fields = ["post"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether the person keeps the accounts and posts of an office."""
        return bool(permissions.can_administer_somewhere(person(request)))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the person keeps the accounts and posts of this chain's office."""
        return obj is None or bool(permissions.can_administer(person(request), obj.organisation))
