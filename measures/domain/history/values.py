"""Logged values as a reader knows them: choices by label, dates in Thai, rows by their names."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.thai.dates import date_time, full_date
from measures.domain.history.keys import CHOICES, field_of, is_shown, label_of

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_NOTHING = ("", "None", None)

Reference = tuple[type[models.Model], str]


class Names:
    """The names of rows that logged values point at, read once for all of them."""

    def __init__(self, references: Iterable[Reference]) -> None:
        wanted: dict[type[models.Model], set[str]] = defaultdict(set)
        for model, key in references:
            if key.isdecimal():
                wanted[model].add(key)
        self._names = {
            (model, str(key)): str(row)
            for model, keys in wanted.items()
            for key, row in model._default_manager.in_bulk([int(key) for key in keys]).items()
        }

    def of(self, reference: Reference) -> str:
        """Return the name of a row, or that it is gone."""
        return self._names.get(reference) or _("(ลบแล้ว รหัส %(key)s)") % {"key": reference[1]}


def reference_of(target_type: str, name: str, value: Any) -> Reference | None:
    """Return the row a logged value points at, where it points at one."""
    field = field_of(target_type, name)
    if not isinstance(field, models.ForeignKey) or value in _NOTHING:
        return None
    model: type[models.Model] = field.related_model
    return model, str(value)


def shown_value(target_type: str, name: str, value: Any, names: Names) -> str:
    """Return a logged value in the reader's words; "" for nothing."""
    field = field_of(target_type, name)
    if isinstance(field, models.TextField | models.CharField) and not field.choices:
        return "" if value is None else _plain(value)
    if name.startswith("step-"):
        return _("ทำแล้ว") if value else _("ยังไม่ทำ")
    if isinstance(value, list):
        return _plain(value)
    if value in _NOTHING:
        return ""
    if field is None and name in CHOICES:
        return _chosen(name, value)
    reference = reference_of(target_type, name, value)
    if reference is not None:
        # A verb that logs the name itself has nothing to look up.
        return names.of(reference) if reference[1].isdecimal() else reference[1]
    if field is not None and field.choices:
        labels = {str(key): str(label) for key, label in field.flatchoices}
        return labels.get(str(value), str(value))
    if isinstance(field, models.FileField):
        return str(value).rpartition("/")[2]
    if isinstance(field, models.BooleanField) or isinstance(value, bool):
        return _("ใช่") if str(value) == "True" else _("ไม่ใช่")
    if isinstance(value, str):
        return _dated(value)
    return _plain(value)


def _chosen(name: str, value: Any) -> str:
    labels = {str(key): str(label) for key, label in CHOICES[name].choices}
    return labels.get(str(value), str(value))


def _dated(text: str) -> str:
    """Return a day or moment as the office writes it, and any other text as it is."""
    try:
        if _DAY.fullmatch(text):
            return full_date(datetime.date.fromisoformat(text))
        if _MOMENT.fullmatch(text):
            moment = datetime.datetime.fromisoformat(text)
            return date_time(timezone.localtime(moment) if moment.tzinfo else moment)
    except ValueError:
        pass
    return text


def _plain(value: Any) -> str:
    """Return text, numbers, lists (a line each) and pairs as text; nothing secret in pairs."""
    if isinstance(value, list):
        return "\n".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return " · ".join(
            f"{label_of('', name)}: {_chosen(name, each) if name in CHOICES else _plain(each)}"
            for name, each in value.items()
            if is_shown(name) and each not in _NOTHING
        )
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    return _dated(value) if isinstance(value, str) else str(value)
