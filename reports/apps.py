"""How it looks on paper, in tables and in files; owns no database tables."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Registers the app under its Thai name."""

    name = "reports"
    verbose_name = _("รายงานและเอกสาร")
