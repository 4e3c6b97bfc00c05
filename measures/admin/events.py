"""The log of what happened: read-only for everybody."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from measures.admin.base import ReadOnlyAdmin, own
from measures.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Events, newest first; hashes chain each to the one before it."""

    notice = _("บันทึกเหตุการณ์แก้ไขและลบไม่ได้ แต่ละรายการผูกกับรายการก่อนหน้าด้วยค่าแฮช")
    list_display = ["sequence", "at", "verb", "target_name", "actor_name", "organisation"]
    list_display_links = ["sequence", "verb"]
    list_select_related = ["organisation"]
    list_filter = [own("organisation"), "verb", "at"]
    search_fields = ["target_name", "actor_name", "capacity"]

    def get_ordering(self, request: HttpRequest) -> Any:
        """Show what happened last first."""
        return ["-at", "-sequence"]
