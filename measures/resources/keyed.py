"""Sheets whose rows are found by natural keys among records that are read once, not row by row."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from import_export import widgets

from ita_portal.thai.words import normalise_compact
from measures.domain import records
from measures.domain.errors import Invalid
from measures.models import Organisation, User
from measures.resources.base import BadCell, BadCells, SheetResource, as_typed
from measures.resources.lookups import Lookups

Key = tuple[Hashable, ...]


class Reading(widgets.Widget):
    """A cell that a method of the sheet reads with the rest of its row; another widget shows it."""

    def __init__(self, read: Callable[[Any, str], Any], shown_by: widgets.Widget) -> None:
        """Keep who reads and who shows."""
        super().__init__()
        self.read = read
        self.shown_by = shown_by

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the words that may stand in the cell, where they are a closed list."""
        return tuple(getattr(self.shown_by, "labels", ()))

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return what the cell names, or raise ValueError in Thai."""
        try:
            return self.read(row, as_typed(value))
        except BadCells:
            raise  # of another cell, which says whose row it is
        except Invalid as refusal:
            raise ValueError(str(refusal)) from refusal
        except KeyError as error:  # a cell alone, without the row that says whose it is
            raise ValueError(str(error)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Return what the other widget shows."""
        return self.shown_by.render(value)


class Shown(widgets.Widget):
    """A cell that shows a record by a function of it; nothing for None."""

    def __init__(self, show: Callable[[Any], str]) -> None:
        """Keep the function."""
        super().__init__()
        self.show = show

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the words."""
        return "" if value is None else self.show(value)


class KeyedResource(SheetResource):
    """Records found by their natural key, in the exact words or but for spaces and spelling.

    A sheet says what names a row (``key_in``), what names a record (``key_of``), which records to
    read before a row is looked for (``group_of``, ``stored``), and how a new one begins (``new``).
    ``read_<column>(row, text)`` reads a cell that names other records; ``parts_of`` puts what does
    not stand in the record itself (its items, say) where columns find it.
    """

    empty_parts: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with nothing read."""
        super().__init__(*args, **kwargs)
        self.lookups = Lookups(self.user)
        self._groups: set[Hashable] = set()
        self._known: dict[Key, Any] = {}
        self._alike: defaultdict[Key, list[Any]] = defaultdict(list)
        for name, field in self.fields.items():
            reader = getattr(self, f"read_{name}", None)
            if reader is not None:
                field.widget = Reading(reader, field.widget)

    def group_of(self, row: Any) -> Hashable:
        """Return for what the records around a row are read at once: its organisation."""
        return self.organisation(row)

    def stored(self, group: Any) -> Iterable[Any]:
        """Return the records of the group."""
        raise NotImplementedError

    def key_in(self, row: Any) -> Key:
        """Return what names the row."""
        raise NotImplementedError

    def key_of(self, instance: Any) -> Key:
        """Return the same of a record."""
        raise NotImplementedError

    def new(self, row: Any) -> Any:
        """Return a new record with the key that the row names."""
        raise NotImplementedError

    def parts_of(self, instance: Any) -> dict[str, Any]:
        """Return what columns show of the record that is not its own attribute."""
        return {}

    def cell(self, row: Any, name: str) -> str:
        """Return the text of a cell; "" where the sheet lacks the column."""
        return as_typed(row.get(self.fields[name].column_name))

    # What the machinery of sheets asks ----------------------------------------------------------

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """Return the record that the key names, or None."""
        group = self.group_of(row)
        if group not in self._groups:
            self._groups.add(group)
            for instance in self.stored(group):
                self.remember(instance)
        key = self.key_in(row)
        if key in self._known:
            return self._known[key]
        alike = self._alike[_compact(key)]
        return alike[0] if len(alike) == 1 else None

    def remember(self, instance: Any) -> None:
        """Let rows that follow find this record."""
        key = self.key_of(instance)
        if key not in self._known:
            self._alike[_compact(key)].append(instance)
        self._known[key] = instance

    def _values_of(self, row: Any, fields: Any) -> Any:
        """Say once what several cells of a row trip over."""
        try:
            return super()._values_of(row, fields)
        except BadCells as refusal:
            raise BadCells(*dict.fromkeys(refusal.cells)) from refusal

    def init_instance(self, row: Any = None) -> Any:
        """Return a new record with the key of the row."""
        return self.new(row)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """Put the parts where columns find them."""
        _put(instance, self.empty_parts if new else self.parts_of(instance))

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Store the record by its verb."""
        self.store(instance)
        self.remember(instance)

    def store(self, instance: Any) -> None:
        """Store the record by the verb of records that have none of their own."""
        self.refuse_bad_cells(instance)
        records.save(instance, by=self.user)

    def refuse_bad_cells(self, instance: Any) -> None:
        """Raise BadCells for what the model says against single fields, under their headings."""
        try:
            instance.clean_fields()
        except ValidationError as error:
            cells = [
                self._bad_field(instance, name, " ".join(messages))
                for name, messages in error.message_dict.items()
            ]
            raise BadCells(*cells) from error

    def _bad_field(self, instance: Any, name: str, message: str) -> BadCell:
        for field in self.fields.values():
            if field.attribute == name:
                value = str(field.widget.render(getattr(instance, name, None)))
                hint = str(getattr(field, "hint", ""))
                return BadCell(str(field.column_name), value, message, remedy=hint)
        label = str(instance._meta.get_field(name).verbose_name)
        return BadCell(label, "", message)

    def export_resource(self, instance: models.Model, *args: Any, **kwargs: Any) -> list[Any]:
        """Return the cells of a row, its parts among them."""
        _put(instance, self.parts_of(instance))
        return super().export_resource(instance, *args, **kwargs)


def _put(instance: Any, parts: dict[str, Any]) -> None:
    for name, value in parts.items():
        setattr(instance, name, value)


def _compact(key: Key) -> Key:
    return tuple(normalise_compact(part) if isinstance(part, str) else part for part in key)


def parents_first(rows: Iterable[Any], *, parent: str) -> list[Any]:
    """Return the rows in their order, but each after the one that its field ``parent`` names."""
    waiting = list(rows)
    shown: list[Any] = []
    while waiting:
        left = {row.pk for row in waiting}
        ready = [row for row in waiting if getattr(row, parent) not in left]
        if not ready:  # two name each other: no order is right
            return shown + waiting
        shown += ready
        waiting = [row for row in waiting if getattr(row, parent) in left]
    return shown


# Drop-downs of one's own office -------------------------------------------------------------------


def division_names(user: User, organisation: Organisation | None) -> list[str]:
    """Return the divisions that report, and their sub-units, in the office's order."""
    if organisation is None:
        return []
    return list(organisation.divisions.filter(closed_on=None).values_list("name", flat=True))


def post_titles(user: User, organisation: Organisation | None) -> list[str]:
    """Return the titles of the office's posts, each once."""
    if organisation is None:
        return []
    return list(dict.fromkeys(organisation.posts.values_list("title", flat=True)))


def usernames(user: User, organisation: Organisation | None) -> list[str]:
    """Return the names by which the people of the office sign in."""
    if organisation is None:
        return []
    people = User.objects.filter(holdings__post__organisation=organisation, is_active=True)
    return list(people.order_by("username").distinct().values_list("username", flat=True))
