from django.template.loader import get_template

from reports.layouts import LAYOUTS
from reports.sections import BUILDERS


def test_every_section_of_every_layout_has_builder_and_template():
    for layout in LAYOUTS.values():
        for name in layout.sections:
            assert name in BUILDERS
            get_template(f"reports/sections/{name}.html")
