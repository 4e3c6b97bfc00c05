"""How it looks on paper, in tables and in files; owns no database tables."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Registers the app under its Thai name."""

    name = "reports"
    verbose_name = _("รายงานและเอกสาร")

    def ready(self) -> None:
        """Register the system checks of paper and seals."""
        from reports.checks import (  # they need the models
            check_paper_font,
            check_seal_keys,
            check_site_address,
        )

        checks.register(check_paper_font)
        checks.register(check_site_address)
        checks.register(check_seal_keys)
