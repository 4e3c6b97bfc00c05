"""The catalogue of layouts: a layout is an ordered list of sections over the same content.

Adding a layout is adding an entry here; a new kind of section also needs its builder in
``sections.py`` and its template in ``templates/reports/sections/``.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Layout(NamedTuple):
    """How a document is put together on paper."""

    title: str | Promise  # as people choose it
    sections: tuple[str, ...]  # names in reports.sections.BUILDERS, in the order of printing


LAYOUTS: dict[str, Layout] = {
    "memo_status": Layout(
        title=_("บันทึกข้อความพร้อมตารางสถานะการดำเนินการ"),
        sections=(
            "memo_head",
            "opening",
            "plan_table",
            "assessment",
            "status_table",
            "closing",
            "signoff",
            "publication",
        ),
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
