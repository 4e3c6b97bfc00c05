"""How it looks on paper, in tables and in files; owns no database tables."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from reports.checks import check_paper_font


class ReportsConfig(AppConfig):
    """Registers the app under its Thai name."""

    name = "reports"
    verbose_name = _("รายงานและเอกสาร")

    def ready(self) -> None:
        """Register the system check of the paper font."""
        checks.register(check_paper_font)
