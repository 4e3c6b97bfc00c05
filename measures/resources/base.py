"""What every sheet shares: natural keys, scope, and saving through verbs, all rows or none."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _
from import_export import resources

from ita_portal.thai.words import normalise_compact
from measures import permissions
from measures.domain.errors import Invalid, Stale
from measures.models import Organisation, User
from measures.permissions import NotAllowed
from measures.resources.cells import (
    Choice,
    Decimal,
    Number,
    Text,
    ThaiDate,
    Unreadable,
    YesNo,
    as_typed,
    lines_of,
    neutralised,
    whole_number,
)
from measures.resources.columns import Column, column, hint_of, write_into
from measures.resources.offices import Offices
from measures.resources.outcomes import (
    BadCell,
    BadCells,
    BadRows,
    SheetError,
    SheetResult,
    SheetRow,
    changed_meanwhile,
)

__all__ = [
    "BadCell",
    "BadCells",
    "BadRows",
    "Choice",
    "Column",
    "Decimal",
    "Number",
    "SheetResource",
    "Text",
    "ThaiDate",
    "YesNo",
    "as_typed",
    "column",
    "hint_of",
    "lines_of",
    "neutralised",
    "whole_number",
]

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]  # rows done, of how many


class SheetResource(resources.ModelResource):
    """Rows of a sheet, each stored by a verb on behalf of ``user``; all of them or none.

    A sheet says what its columns are and what it is called (``Meta.name``), and defines
    ``get_instance`` (the record that the key of a row names, or None), ``init_instance`` (a new
    record; raise Invalid where rows make none) and ``do_instance_save`` (the verb).
    ``after_init_instance`` puts parts where columns find them.

    Each cell is read by its column's widget, whose ValueError becomes an error of that cell; raise
    ``BadCells`` (see ``bad``) for what else is wrong with a cell, any other NotAllowed for a row.
    A row whose cells say what is stored already is left alone.

    Where one verb can store many rows, define ``store_many(instances, by)``: it is called once,
    when every row has been read without an error, and raises ``BadRows`` for single rows.
    """

    key: ClassVar[str] = ""  # names the sheet in addresses and in the file itself
    version: ClassVar[int] = 1  # of the form: raise it when a heading changes its meaning
    is_for_install: ClassVar[bool] = False  # the administrator's; else the coordinator's own
    year_path: ClassVar[str] = ""  # from a row to its fiscal year, where one narrows the sheet
    months_path: ClassVar[str] = ""  # from a row to the months of its round, likewise
    store_many: ClassVar[Callable[..., None] | None] = None

    slug = column("หน่วยงาน", "organisation__slug", readonly=True)

    def __init__(
        self,
        user: User,
        office: Organisation | None = None,
        fiscal_year: int | None = None,
        months: int | None = None,
        **kwargs: Any,
    ) -> None:
        """Keep who imports or exports, and the office, year and round the rows must belong to."""
        super().__init__(**kwargs)
        self.user = user
        self.office = office
        self.fiscal_year = fiscal_year if self.year_path else None
        self.months = months if self.months_path else None
        self.offices = Offices(user, office)
        self._organisations: dict[str, Organisation] = {}  # by what rows call them; permitted
        self._key_headings = tuple(self.key_headings())
        # On the pages of one office nobody has to be told which.
        own = str(self.fields["slug"].column_name) if office and "slug" in self.fields else ""
        self._telling_headings = tuple(name for name in self._key_headings if name != own)
        self._lines: dict[Any, int] = {}  # where a record was named before in the same sheet

    # What goes out -------------------------------------------------------------------------------

    def rows(self, user: User, organisation: Organisation | None, fiscal_year: int | None) -> Any:
        """Return the records that the sheet shows: of all offices where none is given."""
        rows: Any = self._meta.model.objects.all()
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(user)
        if organisation is not None and not self.is_for_install:
            rows = rows.of_organisation(organisation)
        if fiscal_year is not None and self.year_path:
            rows = rows.filter(**{self.year_path: fiscal_year})
        return rows

    def own_rows(self) -> Any:
        """Return the records of the office, year and round that the sheet was asked for."""
        rows = self.rows(self.user, self.office, self.fiscal_year)
        if self.months is not None:
            rows = rows.filter(**{self.months_path: self.months})
        return rows

    def choices_of(self, field: Any) -> list[str]:
        """Return what may be chosen in a column; nothing where anything may be written."""
        if getattr(field, "choices", None) is not None:
            return list(field.choices(self.user, self.office))
        return list(getattr(field.widget, "labels", ()))

    def export_resource(
        self, instance: models.Model, selected_fields: Any = None, **kwargs: Any
    ) -> list[Any]:
        """Return the cells of a row, none of which is run as a formula."""
        cells = super().export_resource(instance, selected_fields, **kwargs)
        return [neutralised(cell) for cell in cells]

    # What comes in -------------------------------------------------------------------------------

    def key_headings(self) -> list[str]:
        """Return the headings that name a row."""
        return [self.fields[name].column_name for name in self.get_import_id_fields()]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Name the columns as this sheet does; refuse one that lacks what names a row."""
        known = {
            normalise_compact(field.column_name): str(field.column_name)
            for field in self.get_import_fields()
        }
        headings = [as_typed(heading) for heading in dataset.headers or []]
        headings = [known.get(normalise_compact(heading), heading) for heading in headings]
        twice = {heading for heading in headings if heading and headings.count(heading) > 1}
        if twice & set(known.values()):
            raise Invalid(
                _("มีหัวตารางซ้ำกัน: %(twice)s โปรดลบคอลัมน์ที่เกินออก")
                % {"twice": ", ".join(sorted(twice & set(known.values())))}
            )
        missing = [heading for heading in self.key_headings() if heading not in headings]
        if missing:
            raise Invalid(_("ไม่พบหัวตาราง: %(missing)s") % {"missing": ", ".join(missing)})
        dataset.headers = headings
        if "slug" in self.fields and not self.is_for_install:
            place = headings.index(str(self.fields["slug"].column_name))
            self.offices.look_up(as_typed(cells[place]) for cells in dataset)

    def _notices_about(self, headings: list[str]) -> list[str]:
        """Return what is said about columns that are too many or missing."""
        known = [str(field.column_name) for field in self.get_import_fields()]
        unknown = [heading for heading in headings if heading and heading not in known]
        missing = [heading for heading in known if heading not in headings]
        notices = []
        if unknown:
            names = ", ".join(unknown)
            notices.append(_("ไม่ได้อ่านคอลัมน์ที่ไม่รู้จัก: %(names)s") % {"names": names})
        if missing:
            names = ", ".join(missing)
            notices.append(_("ไม่มีคอลัมน์ %(names)s ค่าเดิมคงไว้") % {"names": names})
        return notices

    def organisation(self, row: Any) -> Organisation:
        """Return the organisation a row names by slug or name, or raise NotAllowed."""
        slug = as_typed(row[self.fields["slug"].column_name])
        if not slug and self.office is not None:
            return self.office
        if slug not in self._organisations:
            self._organisations[slug] = self._permitted(row, slug)
        return self._organisations[slug]

    def _permitted(self, row: Any, slug: str) -> Organisation:
        """Return the office of this slug or name, whose rows this person may write."""
        found = self.offices.called(slug)
        if found is None:
            raise self.bad(row, "slug", _("ไม่มีหน่วยงาน “%(slug)s” ที่ท่านดูแล") % {"slug": slug})
        permissions.can_coordinate(self.user, found).or_raise()
        if self.office is not None and found != self.office:
            raise self.bad(
                row, "slug", _("หน้านี้รับเฉพาะข้อมูลของ%(office)s") % {"office": self.office.name}
            )
        return found

    def bad(self, row: Any, name: str, message: str) -> BadCells:
        """Return the error of the cell of column ``name``, to be raised."""
        field = self.fields[name]
        return BadCells(self._bad_cell(field, row, message))

    def _bad_cell(self, field: Any, row: Any, message: str) -> BadCell:
        return BadCell(
            heading=str(field.column_name),
            value=as_typed(row.get(field.column_name)),
            message=message,
            remedy=hint_of(field),
        )

    def key_number(self, row: Any, name: str) -> int:
        """Return a number of the key, or raise BadCells."""
        try:
            return whole_number(row[self.fields[name].column_name])
        except ValueError as error:
            raise self.bad(row, name, str(error)) from error

    def import_data_inner(
        self,
        dataset: Any,
        dry_run: bool,
        raise_errors: bool,
        using_transactions: bool,
        collect_failed_rows: bool,
        on_progress: Progress | None = None,
        expected: str = "",
        **kwargs: Any,
    ) -> SheetResult:
        """Read every row and store what it says; the caller rolls back where a row is wrong.

        ``expected`` is the fingerprint of the outcome that was confirmed: another is an error.

        Takes the place of the library's, which copies each record to compare it and opens a
        savepoint for each row whether or not it stores anything.
        """
        result = SheetResult()
        result.diff_headers = self.get_diff_headers()
        try:
            self.before_import(dataset, **kwargs)
        except NotAllowed as refusal:
            result.append_base_error(SheetError(refusal))
            return result
        result.notices = self._notices_about(dataset.headers)
        result.total_rows = len(dataset)
        lines = getattr(dataset, "lines", None) or range(2, len(dataset) + 2)
        fields = [field for field in self.get_import_fields() if field.attribute]
        fields = [field for field in fields if field.column_name in dataset.headers]
        waiting: list[tuple[Any, SheetRow]] = []
        for done, (line, cells) in enumerate(zip(lines, dataset, strict=False), 1):
            row = dict(zip(dataset.headers, cells, strict=False))
            found = self._read_row(row, line, fields, waiting)
            result.take(found)
            if on_progress is not None:
                on_progress(done, result.total_rows)
        if waiting and not result.has_errors():
            self._store_many(waiting, result)
        if expected and not result.has_errors() and result.fingerprint() != expected:
            result.append_base_error(SheetError(Stale(changed_meanwhile())))
        return result

    def _read_row(
        self,
        row: dict[str, Any],
        line: int,
        fields: Iterable[Any],
        waiting: list[tuple[Any, SheetRow]],
    ) -> SheetRow:
        found = SheetRow(line)
        try:
            self._read_into(found, row, fields, waiting)
        except BadCells as refusal:
            found.refuse(*(SheetError(cell, row=row, number=line) for cell in refusal.cells))
        except NotAllowed as refusal:
            found.refuse(SheetError(refusal, row=row, number=line))
        except DatabaseError:
            logger.exception("Line %s of a sheet could not be stored", line)
            problem = Invalid(_("บันทึกแถวนี้ไม่ได้ โปรดตรวจค่าในแถวนี้ หรือแจ้งผู้ดูแลระบบ"))
            found.refuse(SheetError(problem, row=row, number=line))
        return found

    def _read_into(
        self,
        found: SheetRow,
        row: dict[str, Any],
        fields: Iterable[Any],
        waiting: list[tuple[Any, SheetRow]],
    ) -> None:
        values = self._values_of(row, fields)
        instance, is_new = self.get_or_init_instance(None, row)
        self._refuse_second_mention(found.line, instance, is_new, values)
        self.after_init_instance(instance, is_new, row)
        found.changes = write_into(instance, is_new, values)
        found.key = {heading: as_typed(row[heading]) for heading in self._telling_headings}
        if not is_new and not found.changes:
            found.import_type = SheetRow.IMPORT_TYPE_SKIP
            return
        found.import_type = SheetRow.IMPORT_TYPE_NEW if is_new else SheetRow.IMPORT_TYPE_UPDATE
        if self.store_many is not None:
            waiting.append((instance, found))
            return
        with transaction.atomic():
            self.do_instance_save(instance, is_new)
        found.object_id = instance.pk
        self._lines.setdefault(instance.pk, found.line)

    def _values_of(self, row: dict[str, Any], fields: Iterable[Any]) -> list[tuple[Any, Any]]:
        """Return each column with the value of its cell; raise BadCells for all that are wrong."""
        values, bad = [], []
        for field in fields:
            cell = row[field.column_name]
            if isinstance(cell, Unreadable):
                bad.append(self._bad_cell(field, row, cell.reason))
                continue
            try:
                values.append((field, field.clean(row)))
            except ValueError as error:
                bad.append(self._bad_cell(field, row, str(error)))
            except BadCells as refusal:
                bad.extend(refusal.cells)
        for field, value in values:
            if problem := self._problem_of_place(field, value):
                bad.append(self._bad_cell(field, row, problem))
        if bad:
            raise BadCells(*bad)
        return values

    def _problem_of_place(self, field: Any, value: Any) -> str:
        """Return what is wrong with a year or round that the sheet is not about; "" if nothing."""
        if self.fiscal_year is not None and field is self.fields.get("fiscal_year"):
            of_another = value != self.fiscal_year
            message = _("หน้านี้รับเฉพาะปีงบประมาณ %(year)s") % {"year": self.fiscal_year}
        elif self.months is not None and field is self.fields.get("months"):
            of_another = value != self.months
            message = _("หน้านี้รับเฉพาะรอบ %(months)s เดือน") % {"months": self.months}
        else:
            return ""
        return message if of_another else ""

    def _refuse_second_mention(
        self,
        line: int,
        instance: Any,
        is_new: bool,
        values: list[tuple[Any, Any]],
    ) -> None:
        """Raise Invalid where an earlier row of the sheet has the same key."""
        named = tuple(
            "".join(value.split()).casefold() if isinstance(value, str) else value
            for field, value in values
            if field.column_name in self._key_headings
        )
        before = self._lines.setdefault(named, line)
        if not is_new and before == line:  # a key can be written in more than one way
            before = self._lines.setdefault(instance.pk, line)
        if before != line:
            raise Invalid(_("แถวนี้ซ้ำกับบรรทัดที่ %(before)s โปรดลบแถวใดแถวหนึ่ง") % {"before": before})

    def _store_many(self, waiting: list[tuple[Any, SheetRow]], result: SheetResult) -> None:
        rows = {id(instance): found for instance, found in waiting}
        try:
            with transaction.atomic():
                self.store_many([instance for instance, _found in waiting], by=self.user)  # type: ignore[misc]
        except BadRows as refusal:
            for instance, heading, message in refusal.problems:
                found = rows[id(instance)]
                typed = {change.heading: change.after for change in found.changes}
                problem = BadCell(heading, typed.get(heading, ""), message)
                found.refuse(SheetError(problem, number=found.line))
        except NotAllowed as refusal:
            result.append_base_error(SheetError(refusal))
