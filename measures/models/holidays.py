"""Public holidays: data that can be edited, for counting working days."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """One day on which Thai offices are closed, with where that is written."""

    date = models.DateField(_("วันที่"), unique=True)
    name = models.CharField(_("ชื่อวันหยุด"), max_length=200)
    source = models.CharField(_("ที่มา"), max_length=300)

    class Meta:
        verbose_name = _("วันหยุดราชการ")
        verbose_name_plural = _("วันหยุดราชการ")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date}: {self.name}"
