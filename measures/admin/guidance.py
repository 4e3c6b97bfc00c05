"""What to write in each field: the install's texts, and those an office has written itself."""

from django.contrib import admin

from measures.admin.base import RecordAdmin, own
from measures.models import Guidance


@admin.register(Guidance)
class GuidanceAdmin(RecordAdmin):
    """Guidance; without an organisation it is the install's, which its administrator keeps."""

    list_display = ["field", "organisation"]
    list_select_related = ["organisation"]
    list_filter = [own("organisation"), "field"]
    search_fields = ["text", "example"]
