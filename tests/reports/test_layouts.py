import pytest
from django.template.loader import get_template

from reports.layouts import LAYOUTS, layout_named
from reports.rendering.as_html import html_of
from reports.sections import BUILDERS
from tests.factories.content import content


def test_every_section_of_every_layout_has_builder_and_template():
    for layout in LAYOUTS.values():
        for sheets in (*layout.report, *layout.plan):
            for name in sheets.sections:
                assert name in BUILDERS
                get_template(f"reports/sections/{name}.html")


def test_every_builder_stands_in_some_layout():
    used = {
        name
        for layout in LAYOUTS.values()
        for sheets in (*layout.report, *layout.plan)
        for name in sheets.sections
    }
    assert used == set(BUILDERS)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_table_of_contents_stands_between_sheets(layout):
    for sheets in (LAYOUTS[layout].report, LAYOUTS[layout].plan):
        assert 0 <= LAYOUTS[layout].contents_at <= len(sheets)


def test_memo_is_not_torn_by_a_table_of_contents():
    for name in ("memo_status", "memo_photos"):
        assert html_of(content(), layout=name).contents_at >= 1


def test_unknown_layout_names_the_known_ones():
    with pytest.raises(ValueError, match="no layout 'x'; known: cover_table, indicator_table"):
        layout_named("x")
