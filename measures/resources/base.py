"""What every sheet shares: Thai headings, natural keys, safe cells, and saving through verbs."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from import_export import resources, widgets
from import_export.fields import Field
from import_export.results import Error, Result

from ita_portal.thai.numerals import to_arabic_digits
from measures import permissions
from measures.domain.errors import Invalid
from measures.models import Organisation, User

# A cell that starts so is run as a formula by Excel and its like (CWE-1236).
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MARKED_FORMULA = re.compile(r"'+[=+\-@\t\r]")


def neutralised(value: Any) -> Any:
    """Return the cell with an apostrophe before it where it would be run as a formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def as_typed(value: Any) -> str:
    """Return a cell as text with line feeds alone, without the apostrophe of ``neutralised``."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    if _MARKED_FORMULA.match(text):
        text = text[1:]
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def lines_of(text: str) -> list[str]:
    """Return the lines of a cell that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class Text(widgets.Widget):
    """A cell of text."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the text; an empty cell is an empty text."""
        return as_typed(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the text."""
        return "" if value is None else str(value)


class Number(widgets.Widget):
    """A cell with a whole number, in Thai or Arabic digits."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:
        """Return the number, or raise ValueError in Thai."""
        return whole_number(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Return the number itself, so that a sheet can sort by it."""
        return value


def whole_number(value: Any) -> int:
    """Return the whole number in a cell, or raise ValueError in Thai."""
    text = to_arabic_digits(as_typed(value))
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(_("“%(text)s” ไม่ใช่จำนวนเต็ม") % {"text": text})
    return int(text)


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


class SheetError(Error):
    """An error of a sheet: what is wrong, without the program's inner workings."""

    traceback = ""


class SheetResult(Result):
    """A result that numbers rows as the sheet does: the headings are line 1."""

    def row_errors(self) -> list[tuple[int, list[Error]]]:
        """Return the errors with the line of the sheet in which they stand."""
        return [(number + 1, errors) for number, errors in super().row_errors()]


class SheetResource(resources.ModelResource):
    """Rows of a sheet, each stored by a verb on behalf of ``user``; all of them or none."""

    slug = column("หน่วยงาน", "organisation__slug", readonly=True)

    def __init__(self, user: User, **kwargs: Any) -> None:
        """Keep who imports or exports: scope and verbs ask for it."""
        super().__init__(**kwargs)
        self.user = user
        self._organisations: dict[str, Organisation] = {}

    @classmethod
    def get_error_result_class(cls) -> type[Error]:
        """Return the error that shows no traceback."""
        return SheetError

    @classmethod
    def get_result_class(cls) -> type[Result]:
        """Return the result that numbers rows as the sheet does."""
        return SheetResult

    def key_headings(self) -> list[str]:
        """Return the headings that name a row."""
        return [self.fields[name].column_name for name in self.get_import_id_fields()]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse a sheet without the headings that name a row, once and not row by row."""
        headings = {as_typed(heading) for heading in dataset.headers or []}
        missing = [heading for heading in self.key_headings() if heading not in headings]
        if missing:
            dataset.wipe()
            raise Invalid(_("ไม่พบหัวตาราง: %(missing)s") % {"missing": ", ".join(missing)})
        dataset.headers = [as_typed(heading) for heading in dataset.headers]

    def organisation(self, row: Any) -> Organisation:
        """Return the organisation a row names by slug or name, or raise NotAllowed."""
        slug = as_typed(row[self.fields["slug"].column_name])
        if slug not in self._organisations:
            named = Q(slug=slug) | Q(name=slug)
            found = Organisation.objects.visible_to(self.user).filter(named).first()
            if found is None:
                raise Invalid(_("ไม่มีหน่วยงาน “%(slug)s” ที่ท่านดูแล") % {"slug": slug})
            permissions.can_coordinate(self.user, found).or_raise()
            self._organisations[slug] = found
        return self._organisations[slug]

    def key_number(self, row: Any, name: str) -> int:
        """Return a number of the key, or raise Invalid naming its column."""
        heading = self.fields[name].column_name
        try:
            return whole_number(row[heading])
        except ValueError as error:
            raise Invalid(f"{heading}: {error}") from error

    def validate_instance(
        self,
        instance: models.Model,
        import_validation_errors: Any = None,
        validate_unique: bool = True,
    ) -> None:
        """Raise what the cells themselves are wrong about; the verb checks the rest."""
        if import_validation_errors:
            raise Invalid("; ".join(ValidationError(import_validation_errors).messages))

    def save_m2m(self, instance: models.Model, row: Any, **kwargs: Any) -> None:
        """Do nothing: the verb stores the parts too."""

    def export_resource(self, instance: models.Model, *args: Any, **kwargs: Any) -> list[Any]:
        """Return the cells of a row, none of which is run as a formula."""
        return [neutralised(cell) for cell in super().export_resource(instance, *args, **kwargs)]
