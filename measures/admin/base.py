"""What all pages of the back office share: scope, permissions, and saving through the verbs."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import RelatedOnlyFieldListFilter, SimpleListFilter
from django.db import models
from django.forms import BaseForm, ModelForm, ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget

from ita_portal.thai.words import normalise
from measures import permissions
from measures.admin.dates import THAI_DATES, ThaiDates
from measures.domain import records
from measures.domain.recording.locks import Lock
from measures.models import Organisation, User
from measures.models.scopes import ScopedQuerySet

FIELDS: dict[Any, Any] = {
    **THAI_DATES,
    models.URLField: {"assume_scheme": "https"},
    models.TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 3})},
}
REFUSAL = "back_office_refusal"  # where a request keeps what a verb said about it


def person(request: HttpRequest) -> User:
    """Return who asks. The site lets nobody in who is not signed in."""
    assert isinstance(request.user, User)
    return request.user


class RecordForm(ModelForm):
    """A form that shows what the verb refused, with everything typed still in it."""

    refusal: ClassVar[str] = ""

    def clean(self) -> dict[str, Any]:
        """Refuse parts of another organisation, and say what the verb said."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.refusal:
            raise ValidationError(self.refusal)
        organisation_id = self._organisation_id(cleaned)
        for name, value in list(cleaned.items()):
            if organisation_id and getattr(value, "organisation_id", organisation_id) != (
                organisation_id
            ):
                self.add_error(name, _("“%(part)s” เป็นของหน่วยงานอื่น โปรดเลือกใหม่") % {"part": value})
        return cleaned

    def _organisation_id(self, cleaned: dict[str, Any]) -> int | None:
        organisation = cleaned.get("organisation")
        if isinstance(organisation, Organisation):
            return organisation.pk
        return getattr(self.instance, "organisation_id", None)


class FiscalYearFilter(SimpleListFilter):
    """Fiscal years that the person can see rows of."""

    title = gettext_lazy("ปีงบประมาณ")
    parameter_name = "fiscal_year"
    path = "fiscal_year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        """Return the years, newest first."""
        rows = model_admin.get_queryset(request).order_by(f"-{self.path}")
        years = rows.values_list(self.path, flat=True).distinct()
        return [(year, str(year)) for year in years if year is not None]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Return the rows of the chosen year; a value that is no year chooses nothing."""
        value = self.value()
        if value is None:
            return queryset
        return queryset.filter(**{self.path: value}) if value.isdecimal() else queryset.none()


def fiscal_year_filter(lookup_path: str) -> type[FiscalYearFilter]:
    """Return the filter for rows that reach their fiscal year over ``lookup_path``."""
    return type("FiscalYearFilter", (FiscalYearFilter,), {"path": lookup_path})


def own(lookup_path: str) -> tuple[str, type[RelatedOnlyFieldListFilter]]:
    """Return a filter that offers only what the rows one may see refer to."""
    return (lookup_path, RelatedOnlyFieldListFilter)


class ScopedChoices:
    """Limits what can be chosen in a form to rows the person may see."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Scope the choices of a link."""
        self._scope(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Scope the choices of several links."""
        self._scope(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _scope(self, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        rows = kwargs.get("queryset")
        if rows is None:
            rows = db_field.remote_field.model._default_manager.all()
        if db_field.remote_field.model is User:
            rows = people_visible_to(rows, person(request))
        elif isinstance(rows, ScopedQuerySet):
            rows = rows.visible_to(request.user)
        kwargs["queryset"] = rows


def people_visible_to(people: "models.QuerySet[User]", user: User) -> "models.QuerySet[User]":
    """Return the people who hold or held a post where ``user`` holds one today."""
    if user.is_superuser:
        return people
    return people.filter(
        pk__in=User.objects.filter(holdings__post__organisation__in=user.organisation_ids()).values(
            "pk"
        )
    )


class RecordInline(ThaiDates, ScopedChoices, TabularInline):
    """Rows inside their record's page, with the permissions of that page."""

    extra = 0
    formfield_overrides = FIELDS

    def _page(self) -> Any:
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return True: who sees the record sees its rows."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the record may be changed, or made."""
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the record may be changed, or made."""
        page = self._page()
        if obj is None:
            return bool(page.has_add_permission(request))
        return bool(page.has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the record may be changed, or made."""
        return RecordInline.has_change_permission(self, request, obj)


class ReadOnlyInline(RecordInline):
    """Rows that nobody changes here."""

    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False


class RecordAdmin(ThaiDates, ScopedChoices, ModelAdmin):
    """A list and a form over one kind of record, saved through ``domain.records``.

    People see the rows of the organisations in which they hold a post today, and change those of
    the organisations they coordinate.
    """

    form = RecordForm
    formfield_overrides = FIELDS
    actions = None  # nothing is done to many rows at once behind the back of the verbs
    list_per_page = 50
    list_filter_submit = False
    warn_unsaved_form = True
    change_form_before_template = "admin/measures/notices.html"
    made_by_administrator = False  # whether only the administrator adds and deletes such records

    # Who -----------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the rows the person may see."""
        rows = super().get_queryset(request)
        return rows.visible_to(request.user) if isinstance(rows, ScopedQuerySet) else rows

    def organisation_of(self, obj: Any) -> Organisation | None:
        """Return whose record this is; None for records of the whole install."""
        return records.organisation_of_record(obj)

    def lock_of(self, obj: Any) -> Lock | None:
        """Return what locks this record."""
        return None

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return True: the site itself asks who enters."""
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return True: the queryset holds nothing that the person may not see."""
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether the person may make such records."""
        return not self.made_by_administrator or person(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the person manages the record's organisation and nothing locks it."""
        if obj is None:
            return True
        may = permissions.can_manage(person(request), self.organisation_of(obj))
        return bool(may) and self.lock_of(obj) is None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the person may take such a record away."""
        return self.has_add_permission(request) and self.has_change_permission(request, obj)

    def get_list_display(self, request: HttpRequest) -> Any:
        """Leave out the organisation for people who have only one."""
        columns = super().get_list_display(request)
        if person(request).is_superuser or len(person(request).organisation_ids()) > 1:
            return columns
        return [column for column in columns if column != "organisation"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill in the organisation of people who have only one."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        organisation_ids = person(request).organisation_ids()
        if len(organisation_ids) == 1:
            initial.setdefault("organisation", min(organisation_ids))
        return initial

    # Finding -------------------------------------------------------------------------------------

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Search as typed and as normalised: Thai digits, the order of vowels and marks."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if normalise(search_term) != search_term:
            normalised, repeats = super().get_search_results(
                request, queryset, normalise(search_term)
            )
            found, may_repeat = found | normalised, may_repeat or repeats
        return found, may_repeat

    # Saving --------------------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[BaseForm]:
        """Hand what a verb refused in this request to the form."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, REFUSAL, "")
        return form  # type: ignore[no-any-return]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the page; where the verb refuses, show it again with the reason and what was typed.

        Django runs the saving in one transaction, so a refusal leaves nothing behind.
        """
        context = {"notices": self._notices(request, object_id), **(extra_context or {})}
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except permissions.NotAllowed as refusal:
            setattr(request, REFUSAL, str(refusal))
            self.after_refusal(request, refusal, context)
            return super().changeform_view(request, object_id, form_url, context)

    def after_refusal(
        self, request: HttpRequest, refusal: permissions.NotAllowed, context: dict[str, Any]
    ) -> None:
        """Prepare the page that shows a refusal."""

    def _notices(self, request: HttpRequest, object_id: str | None) -> list[str]:
        """Return why this record is read-only, for the top of its page."""
        obj = self.get_object(request, object_id) if object_id else None
        if obj is None:
            return []
        may = permissions.can_manage(person(request), self.organisation_of(obj))
        if not may:
            return [may.reason]
        lock = self.lock_of(obj)
        return [lock.sentence()] if lock else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the verb."""
        records.save(obj, by=person(request))

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseInlineFormSet, change: bool
    ) -> None:
        """Save each row of an inline through the verb."""
        for row in formset.save(commit=False):
            records.save(row, by=person(request))
        for row in formset.deleted_objects:
            records.delete(row, by=person(request))

    # Deleting ------------------------------------------------------------------------------------

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete through the verb; a refusal leads back to the record."""
        try:
            return super().delete_view(request, object_id, extra_context)  # type: ignore[no-any-return]
        except permissions.NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(f"admin:measures_{self.opts.model_name}_change", object_id)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete through the verb."""
        records.delete(obj, by=person(request))


class ReadOnlyAdmin(RecordAdmin):
    """Records that nobody changes here, not even the administrator."""

    notice: Any = gettext_lazy("หน้านี้ใช้อ่านอย่างเดียว")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def _notices(self, request: HttpRequest, object_id: str | None) -> list[str]:
        return [str(self.notice)]
