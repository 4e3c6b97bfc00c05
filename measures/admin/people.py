"""Users, posts, and who holds or acts in them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from measures.admin.base import RecordAdmin, RecordForm, own, people_visible_to, person
from measures.models import Organisation, Post, PostHolding, User


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
class PostAdmin(RecordAdmin):
    """Posts, with the duties that hang on them."""

    list_display = [
        "title",
        "division",
        "reports_progress",
        "coordinates",
        "organisation",
    ]
    list_select_related = ["division", "organisation"]
    list_filter = [own("organisation"), own("division"), "reports_progress", "coordinates"]
    search_fields = ["title"]
    autocomplete_fields = ["division"]


@admin.register(PostHolding)
class PostHoldingAdmin(RecordAdmin):
    """Who holds or acts in a post from when to when."""

    list_display = ["user", "kind", "post", "starts_on", "ends_on", "order_number"]
    list_select_related = ["user", "post"]
    list_filter = [own("post__organisation"), own("post__division"), "kind"]
    search_fields = ["user__first_name", "user__last_name", "user__username", "post__title"]
    autocomplete_fields = ["post", "user", "substantive_post"]
