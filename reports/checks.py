"""What `manage.py check` says about the paper."""

from typing import Any

from django.core.checks import CheckMessage, Warning

from reports.rendering.fonts import paper_font_is_installed


def check_paper_font(**kwargs: Any) -> list[CheckMessage]:
    """Warn where documents would be set in the substitute font."""
    if paper_font_is_installed():
        return []
    return [
        Warning(
            "TH SarabunPSK is not installed: documents are set in Laksaman.",
            hint="run `.venv/bin/python scripts/install_paper_font.py`",
            id="reports.W001",
        )
    ]
