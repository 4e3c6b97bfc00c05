"""The catalogue of layouts: a layout is an ordered list of sheets of sections over one content.

Adding a layout is adding an entry here; a new kind of section also needs its builder in
``sections/`` and its template in ``templates/reports/sections/``.
"""

from typing import NamedTuple

from measures.models import DocumentLayout


class Sheets(NamedTuple):
    """Pages of one orientation; what follows other sheets begins on a new page."""

    is_landscape: bool
    sections: tuple[str, ...]  # names in reports.sections.BUILDERS, in the order of printing


class Layout(NamedTuple):
    """How the two kinds of document are put together on paper."""

    report: tuple[Sheets, ...]
    plan: tuple[Sheets, ...]
    contents_at: int  # before which of the sheets a table of contents stands, where one is due

    def sheets(self, kind: str) -> tuple[Sheets, ...]:
        """Return the sheets of a document's kind (``plan`` or ``progress_report``)."""
        return self.plan if kind == "plan" else self.report


def _upright(*sections: str) -> Sheets:
    return Sheets(is_landscape=False, sections=sections)


def _wide(*sections: str) -> Sheets:
    return Sheets(is_landscape=True, sections=sections)


ANNEX = _upright("annex_photographs", "annex_files", "annex_links", "annex_office_files")

LAYOUTS: dict[str, Layout] = {
    DocumentLayout.MEMO_STATUS: Layout(
        report=(
            _upright(
                "memo_head",
                "opening",
                "plan_table",
                "assessment",
                "status_table",
                "closing",
                "signoff",
            ),
            ANNEX,
        ),
        plan=(
            _upright(
                "memo_head", "opening", "analysis", "plan_table", "approach", "closing", "signoff"
            ),
        ),
        contents_at=1,
    ),
    DocumentLayout.MEMO_PHOTOS: Layout(
        report=(
            _upright("memo_head", "opening", "closing", "signoff"),
            _upright("plan_table", "photo_table"),
            # The photographs stand in the table.
            _upright("annex_files", "annex_links", "annex_office_files"),
        ),
        plan=(
            _upright("memo_head", "opening", "closing", "signoff"),
            _upright("analysis", "plan_table", "approach"),
        ),
        contents_at=1,
    ),
    DocumentLayout.INDICATOR_TABLE: Layout(
        report=(_wide("title", "opening", "indicator_table", "certifier", "evidence_note"), ANNEX),
        plan=(_wide("title", "opening", "analysis", "indicator_table", "approach", "certifier"),),
        contents_at=0,
    ),
    DocumentLayout.ITEM_NARRATIVE: Layout(
        report=(_upright("title", "opening", "narrative", "certifier"), ANNEX),
        plan=(_upright("title", "opening", "assessment", "narrative", "approach", "certifier"),),
        contents_at=0,
    ),
    DocumentLayout.COVER_TABLE: Layout(
        report=(_upright("cover"), _wide("outcome_table", "certifier"), ANNEX),
        plan=(
            _upright("cover"),
            _upright("opening", "analysis", "approach"),
            _wide("outcome_table", "certifier"),
        ),
        contents_at=1,
    ),
}


def layout_named(name: str) -> Layout:
    """Return the layout called ``name``.

    Raises ValueError, naming the known layouts, when there is none.
    """
    try:
        return LAYOUTS[name]
    except KeyError:
        known = ", ".join(sorted(LAYOUTS))
        raise ValueError(f"no layout {name!r}; known: {known}") from None
