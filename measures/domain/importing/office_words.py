"""The names by which an office is known: what a file is compared with."""

from dataclasses import dataclass

from measures.models import Organisation


@dataclass(frozen=True)
class DivisionWords:
    """A division or, with ``parent``, a sub-unit of it, and what else it is called."""

    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""


@dataclass(frozen=True)
class OfficeWords:
    """The office that a file is read for. ``fiscal_year`` (พ.ศ.) is the one asked for."""

    name: str
    short_name: str
    fiscal_year: int
    divisions: tuple[DivisionWords, ...] = ()


def office_words_of(organisation: Organisation, fiscal_year: int) -> OfficeWords:
    """Return the words of a stored organisation, closed divisions left out. One query."""
    divisions = organisation.divisions.filter(closed_on=None).select_related("parent")
    return OfficeWords(
        name=organisation.name,
        short_name=organisation.short_name,
        fiscal_year=fiscal_year,
        divisions=tuple(
            DivisionWords(
                name=division.name,
                aliases=tuple(
                    alias.strip() for alias in division.aliases.splitlines() if alias.strip()
                ),
                parent=division.parent.name if division.parent else "",
            )
            for division in divisions
        ),
    )
