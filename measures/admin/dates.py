"""Dates in พ.ศ.: Django shows and reads the years of the common era only."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminTextInputWidget

from ita_portal.thai.dates import date_time, memo_date
from measures.forms.dates import ThaiDateField


class DateInWordsField(ThaiDateField):
    """A day shown as the office writes it, 31 มีนาคม 2564, and read however it is typed."""

    def prepare_value(self, value: Any) -> Any:
        """Return the day in words; what was typed and refused stays as typed."""
        if isinstance(value, datetime.date):
            return memo_date(value, thai_digits=False)
        return value


THAI_DATES: dict[Any, Any] = {
    models.DateField: {"form_class": DateInWordsField, "widget": UnfoldAdminTextInputWidget}
}


def shown(model: type[models.Model], name: str) -> Callable[[Any], str]:
    """Return what shows the date or moment ``name`` in พ.ศ. in a list or a read-only form."""
    field: Any = model._meta.get_field(name)

    @admin.display(description=field.verbose_name, ordering=name)
    def in_buddhist_era(obj: Any) -> str:
        value = getattr(obj, name)
        if value is None:
            return "–"
        if isinstance(value, datetime.datetime):
            return date_time(value, thai_digits=False)
        return memo_date(value, thai_digits=False)

    in_buddhist_era.__name__ = name
    return in_buddhist_era


def _is_date(model: type[models.Model], name: Any) -> bool:
    try:
        return isinstance(name, str) and isinstance(model._meta.get_field(name), models.DateField)
    except FieldDoesNotExist:
        return False


class ThaiDates:
    """Shows every date of a list, a read-only field or an inline in พ.ศ."""

    model: type[models.Model]

    def in_thai(self, names: Iterable[Any]) -> list[Any]:
        """Return the names with a function that shows พ.ศ. in the place of each date."""
        return [self._shown(name) if _is_date(self.model, name) else name for name in names]

    def _shown(self, name: str) -> Callable[[Any], str]:
        """Return the same function for the same field: Django looks fields up by it."""
        kept: dict[str, Callable[[Any], str]] = self.__dict__.setdefault("_shown_dates", {})
        return kept.setdefault(name, shown(self.model, name))

    def get_list_display(self, request: HttpRequest) -> Any:
        """Return the columns."""
        return self.in_thai(super().get_list_display(request))  # type: ignore[misc]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields that are only shown: all dates where nothing can be changed."""
        names = list(super().get_readonly_fields(request, obj))  # type: ignore[misc]
        if obj is not None and not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            dates = (field.name for field in self.model._meta.fields)
            names += [name for name in dates if _is_date(self.model, name) and name not in names]
        return self.in_thai(names)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields, each once, with those dates that are only shown in พ.ศ."""
        only_shown = {
            name.__name__ for name in self.get_readonly_fields(request, obj) if callable(name)
        }
        placed: set[Any] = set()

        def place(names: Any) -> list[Any]:
            found: list[Any] = []
            for name in names:
                if isinstance(name, list | tuple):
                    found.append(tuple(place(name)))
                    continue
                field = self._shown(name) if name in only_shown else name
                if field not in placed:
                    placed.add(field)
                    found.append(field)
            return found

        return [
            (title, {**options, "fields": place(options["fields"])})
            for title, options in super().get_fieldsets(request, obj)  # type: ignore[misc]
        ]
