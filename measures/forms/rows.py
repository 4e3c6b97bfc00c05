"""Rows of a form that are added, taken out and moved, with the buttons of the page or by script."""

import re
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict

MOST_ROWS = 60  # of one kind; more is a slip
_ACT = re.compile(r"(?P<prefix>[a-z]+)-(?P<what>add|remove|up|down)(?:-(?P<at>[0-9]{1,3}))?")

Row = dict[str, Any]


class Rows(BaseFormSet[forms.Form]):
    """Rows in the order in which they stand on the page. Blank ones are left to who reads them."""

    def typed(self) -> list[Row]:
        """Return what stands in each row, in order; ask only of rows that are valid."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data]


def rows_typed(data: QueryDict, prefix: str) -> list[Row]:
    """Return the rows of a kind as they were typed."""
    count = data.get(f"{prefix}-TOTAL_FORMS", "0")
    number = min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() else 0
    rows: list[Row] = [{} for _ in range(number)]
    for key, value in data.items():
        found = re.fullmatch(rf"{prefix}-([0-9]{{1,3}})-(\w+)", key)
        if found and int(found[1]) < number:
            rows[int(found[1])][found[2]] = value
    return rows


def rearranged(data: QueryDict, act: str, prefix: str) -> list[Row]:
    """Return the typed rows of a kind after the button ``act`` was pressed.

    Buttons are named kind-add, kind-remove-N, kind-up-N and kind-down-N; those of another kind
    change nothing here.
    """
    rows = rows_typed(data, prefix)
    found = _ACT.fullmatch(act)
    if found is None or found["prefix"] != prefix:
        return rows
    at = int(found["at"] or 0)
    if found["what"] == "add":
        return [*rows, {}]
    if at >= len(rows):
        return rows
    if found["what"] == "remove":
        return rows[:at] + rows[at + 1 :]
    to = min(max(at + (-1 if found["what"] == "up" else 1), 0), len(rows) - 1)
    rows.insert(to, rows.pop(at))
    return rows
