"""What people were told and what was sent to whom, to read; and the office's channels."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminPasswordWidget

from measures import permissions
from measures.admin.base import ReadOnlyAdmin, RecordAdmin, RecordForm, own, person
from measures.models import Delivery, Notice, NoticeChannel, Organisation


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Notices of the office, newest first."""

    list_display = ["created_at", "kind", "subject", "recipient", "read_at", "organisation"]
    list_display_links = ["subject"]
    list_select_related = ["recipient", "organisation"]
    list_filter = [own("organisation"), "kind", "created_at"]
    search_fields = ["subject", "recipient__first_name", "recipient__last_name"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """What left the portal for whom, and what became of it."""

    list_display = ["day", "channel", "subject", "recipient", "sent_at", "problem", "organisation"]
    list_display_links = ["subject"]
    list_select_related = ["recipient", "organisation"]
    list_filter = [own("organisation"), "channel", "day", ("problem", admin.EmptyFieldListFilter)]
    search_fields = ["subject", "problem", "recipient__first_name", "recipient__last_name"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out digests that tell of another office too, of people who work in both."""
        rows = super().get_queryset(request)
        if person(request).is_superuser:
            return rows
        elsewhere = Notice.objects.exclude(organisation__in=person(request).organisation_ids())
        return rows.exclude(notices__in=elsewhere)


class NoticeChannelForm(RecordForm):
    """Takes a secret and never shows it again; left blank, the one that is there stays."""

    secret = forms.CharField(
        label=gettext_lazy("รหัสลับ"),
        required=False,
        max_length=500,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = NoticeChannel
        fields = ["channel"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("กุญแจลงนามของเว็บฮุก หรือ channel access token ของ LINE")
        if self.instance.pk:
            help_text += " " + _("เว้นว่างไว้เพื่อใช้รหัสเดิม ระบบไม่แสดงรหัสเดิมอีก")
        self.fields["secret"].help_text = help_text

    def clean_secret(self) -> str:
        """Keep the stored secret where none was typed."""
        secret: str = self.cleaned_data["secret"] or self.instance.secret
        if not secret:
            raise forms.ValidationError(_("โปรดกรอกรหัสลับ"))
        return secret

    def clean_address(self) -> str:
        """Refuse what the webhook's channel would refuse to send to."""
        address: str = self.cleaned_data["address"]
        if address and not address.startswith("https://"):
            raise forms.ValidationError(_("ที่อยู่เว็บฮุกต้องขึ้นต้นด้วย https://"))
        return address


@admin.register(NoticeChannel)
class NoticeChannelAdmin(RecordAdmin):
    """The office's webhook and LINE account; kept by who administers the office."""

    form = NoticeChannelForm
    fields = ["organisation", "channel", "address", "secret", "is_active"]
    list_display = ["channel", "is_active", "organisation"]
    list_select_related = ["organisation"]
    list_filter = [own("organisation"), "channel"]

    def _administers(self, request: HttpRequest, organisation: Organisation) -> bool:
        return bool(permissions.can_administer(person(request), organisation))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether the person administers any office."""
        return bool(permissions.can_administer_somewhere(person(request)))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the person administers the channel's office."""
        return obj is None or self._administers(request, obj.organisation)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave the secret out where the page only shows what is stored."""
        fields = super().get_fields(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fields
        return [name for name in fields if name != "secret"]

    def _notices(self, request: HttpRequest, object_id: str | None) -> list[str]:
        obj = self.get_object(request, object_id) if object_id else None
        if obj is None or self._administers(request, obj.organisation):
            return []
        return [permissions.can_administer(person(request), obj.organisation).reason]
