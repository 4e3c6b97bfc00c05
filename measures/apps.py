"""What the office records, decides and publishes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    """Registers the app under its Thai name."""

    name = "measures"
    verbose_name = _("มาตรการ")
