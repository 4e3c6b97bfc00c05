"""Users, posts, and who holds or acts in them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from measures.admin.base import (
    ReadOnlyAdmin,
    RecordAdmin,
    RecordForm,
    own,
    people_visible_to,
    person,
)
from measures.admin.sheets import SheetsAdmin
from measures.domain.staffing import appointments
from measures.models import Invitation, Organisation, Post, PostHolding, User
from measures.resources import HoldingResource, PostResource


class NewUserForm(RecordForm, UserCreationForm):
    """Asks for a name to sign in with and a first password."""

    class Meta:
        model = User
        fields = ["username"]


class UserForm(RecordForm, UserChangeForm):
    """The person; the password has a page of its own."""

    class Meta:
        model = User
        fields = ["username"]


@admin.register(User)
class UserAdmin(RecordAdmin, DjangoUserAdmin):  # type: ignore[misc]  # both refine ModelAdmin
    """Accounts are made by the administrator; a coordinator sees those of the office."""

    made_by_administrator = True
    form = UserForm
    add_form = NewUserForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "full_name", "email", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("บุคคล"), {"fields": ["title", "rank", "first_name", "last_name", "email"]}),
        (_("การเข้าใช้"), {"fields": ["is_active", "is_superuser", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "title",
                    "rank",
                    "first_name",
                    "last_name",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]

    @admin.display(description=_("ชื่อและนามสกุล"), ordering="first_name")
    def full_name(self, obj: User) -> str:
        """Return the name shown on screens."""
        return obj.get_full_name()

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        """Return all to the administrator, the people of one's own office to others."""
        return people_visible_to(super().get_queryset(request), person(request))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show a coordinator who the person is, not the state of the password."""
        if person(request).is_superuser:
            return super().get_fieldsets(request, obj)
        return [
            (
                None,
                {"fields": ["username", "title", "rank", "first_name", "last_name", "is_active"]},
            )
        ]

    def organisation_of(self, obj: User) -> Organisation | None:
        """Return None: accounts belong to the install."""
        return None


@admin.register(Post)
class PostAdmin(SheetsAdmin, RecordAdmin):
    """Posts, with the duties that hang on them."""

    resource_classes = [PostResource]
    list_display = [
        "title",
        "division",
        "reports_progress",
        "coordinates",
        "administers",
        "organisation",
    ]
    list_select_related = ["division", "organisation"]
    list_filter = [
        own("organisation"),
        own("division"),
        "reports_progress",
        "coordinates",
        "administers",
    ]
    search_fields = ["title"]
    autocomplete_fields = ["division"]


@admin.register(PostHolding)
class PostHoldingAdmin(SheetsAdmin, RecordAdmin):
    """Who holds or acts in a post from when to when, by the verbs of appointing.

    Of a holding that is there only the last day can be changed; an entry to mend is ended.
    """

    resource_classes = [HoldingResource]
    list_display = ["user", "kind", "post", "starts_on", "ends_on", "order_number"]
    list_select_related = ["user", "post"]
    list_filter = [own("post__organisation"), own("post__division"), "kind"]
    search_fields = ["user__first_name", "user__last_name", "user__username", "post__title"]
    autocomplete_fields = ["post", "user", "substantive_post"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Take the order in as a file; show it afterwards where the office can open it."""
        order = "order_file" if obj is None else "kept_order"
        return [
            "post",
            "user",
            "kind",
            "substantive_post",
            "order_number",
            "order_date",
            order,
            "starts_on",
            "ends_on",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Leave only the last day to be changed."""
        if obj is None:
            return []
        fixed = [name for name in self.get_fields(request, obj) if name != "ends_on"]
        return self.in_thai(fixed)

    @admin.display(description=_("ไฟล์คำสั่ง"))
    def kept_order(self, obj: PostHolding) -> str:
        """Return a link to the order, for the office alone."""
        if not obj.order_file:
            return "-"
        address = reverse("desk:order_file", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', address, _("เปิดคำสั่ง (PDF)"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the person may end this holding."""
        return obj is None or bool(appointments.may_end(person(request), obj))


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Who has been invited into which post; sent and withdrawn on the page of the people."""

    list_display = ["email", "post", "organisation", "invited_at", "accepted_at", "withdrawn_at"]
    list_select_related = ["post", "organisation"]
    list_filter = [own("organisation")]
    search_fields = ["email", "first_name", "last_name", "post__title"]
