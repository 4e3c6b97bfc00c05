"""Columns of a sheet: a heading over an attribute, with what helps people to fill it in."""

from collections.abc import Callable
from typing import Any

from import_export import widgets
from import_export.fields import Field

from measures.models import Organisation, User
from measures.resources.cells import Text, neutralised
from measures.resources.outcomes import BadCells, Change

# What may stand in a column, for the drop-down of the sheet: one's own texts, by who asks.
Choices = Callable[[User, Organisation | None], list[str]]


class Column(Field):
    """A column, with what the sheet that is handed out says about it."""

    def __init__(
        self, *, example: str = "", choices: Choices | None = None, hint: str = "", **more: Any
    ) -> None:
        """Keep the example row's cell, the drop-down and the hint beside the heading."""
        super().__init__(**more)
        self.example = example
        self.choices = choices
        self.hint = hint


def column(heading: str, attribute: str, widget: widgets.Widget | None = None, **more: Any) -> Any:
    """Return a column with this heading over an attribute; ``more`` as ``Column`` takes it."""
    return Column(attribute=attribute, column_name=heading, widget=widget or Text(), **more)


def hint_of(field: Any) -> str:
    """Return what to write in a column, in Thai; nothing where any text will do."""
    if hint := getattr(field, "hint", ""):
        return str(hint)
    return str(getattr(field.widget, "hint", ""))


def write_into(instance: Any, is_new: bool, values: list[tuple[Any, Any]]) -> list[Change]:
    """Set the values on the record and return those that differ from what it held."""
    changes = []
    for field, value in values:
        if field.readonly:
            continue
        before = None if is_new else field.get_value(instance)
        if not is_new and (value == before or value == _as_it_comes_back(field, before)):
            continue
        owner, _dot, name = field.attribute.rpartition("__")
        target = instance
        for part in filter(None, owner.split("__")):
            target = getattr(target, part)
        setattr(target, name, value)
        shown = field.widget.render(value)
        if not is_new or shown not in ("", None):
            changes.append(
                Change(
                    heading=str(field.column_name),
                    before="" if is_new else str(field.widget.render(before)),
                    after=str(shown),
                )
            )
    return changes


def _as_it_comes_back(field: Any, before: Any) -> Any:
    """Return the value that the exported cell is read as: spaces at its ends are gone."""
    try:
        return field.clean({field.column_name: neutralised(field.widget.render(before))})
    except (ValueError, BadCells):
        return before
