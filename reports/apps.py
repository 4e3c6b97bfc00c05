"""How it looks on paper, in tables and in files; owns no database tables."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Registers the app under its Thai name."""

    name = "reports"
    verbose_name = _("รายงานและเอกสาร")

    def ready(self) -> None:
        """Register the system checks of the paper font and of the keys of seals."""
        from reports.checks import check_paper_font, check_seal_keys  # they need the models

        checks.register(check_paper_font)
        checks.register(check_seal_keys)
