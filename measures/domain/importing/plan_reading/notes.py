"""What is noted while a file is read: the draft, its warnings, the fate of each place."""

from dataclasses import astuple, dataclass, field

from django.utils.translation import gettext as _

from measures.domain.importing.office_words import OfficeWords
from measures.domain.importing.plan_drafts import CellFate, DraftWarning, Fate, PlanDraft


@dataclass(frozen=True)
class Place:
    """A cell, or a paragraph (``table`` 0, ``row`` its place among the blocks of the file)."""

    where: str
    table: int = 0
    row: int = 0
    column: int = 0


@dataclass
class Notes:
    """The draft in the making, and for whom it is made."""

    office: OfficeWords
    draft: PlanDraft = field(default_factory=PlanDraft)
    _warned: set[tuple[object, ...]] = field(default_factory=set, repr=False)

    @property
    def fiscal_year(self) -> int:
        """The year the file states, else the one asked for."""
        return self.draft.fiscal_year or self.office.fiscal_year

    def warn(
        self,
        place: Place | None,
        message: str,
        *,
        value: str = "",
        measure: int = 0,
        field: str = "",
        proposal: str = "",
    ) -> None:
        """Note something that a person should look at; the same is noted once."""
        warning = DraftWarning(
            where=place.where if place else "",
            message=message,
            value=value,
            measure=measure,
            field=field,
            proposal=proposal,
        )
        key = astuple(warning)
        if key not in self._warned:
            self._warned.add(key)
            self.draft.warnings.append(warning)

    def warn_of_loose_picture(self, place: Place) -> None:
        """Note a picture that belongs to no measure."""
        self.warn(place, _("มีภาพที่ไม่ได้อยู่ในแถวของมาตรการใด จึงไม่นำเข้าเป็นหลักฐาน"))

    def fate(
        self, place: Place, text: str, fate: Fate, *, measure: int = 0, field: str = ""
    ) -> None:
        """Note what became of the text at a place."""
        self.draft.fates.append(
            CellFate(
                where=place.where,
                text=text,
                fate=fate.value,
                table=place.table,
                row=place.row,
                column=place.column,
                measure=measure,
                field=field,
            )
        )
