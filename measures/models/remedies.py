"""What the guidance of a framework says to do about weak items: data with its source."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.frameworks import Framework, Item, SubIndicator


class RemedyManager(models.Manager["Remedy"]):
    """Finds remedies by year and number, for fixtures."""

    def get_by_natural_key(self, fiscal_year: int, number: int) -> "Remedy":
        """Return the remedy of this number in this year."""
        return self.get(framework__fiscal_year=fiscal_year, number=number)


class Remedy(models.Model):
    """One piece of guidance: for which items it is, and which o-items it points to.

    Items that share a remedy are weak together: they make one finding. ``text`` stays empty where
    no source was found; it is never made up.
    """

    framework = models.ForeignKey(
        Framework, models.CASCADE, related_name="remedies", verbose_name=_("กรอบการประเมิน")
    )
    number = models.PositiveSmallIntegerField(_("ลำดับ"))
    items = models.ManyToManyField(Item, related_name="remedies", verbose_name=_("สำหรับข้อ"))
    links = models.ManyToManyField(
        Item, related_name="remedied", blank=True, verbose_name=_("ข้อ OIT ที่เกี่ยวข้อง")
    )
    linked_sub_indicators = models.ManyToManyField(
        SubIndicator,
        related_name="remedied",
        blank=True,
        verbose_name=_("ตัวชี้วัดย่อยที่เกี่ยวข้อง"),
    )
    text = models.TextField(
        _("แนวทางแก้ไขมาตรฐาน"),
        blank=True,
        help_text=_("เว้นว่างเมื่อยังไม่มีแหล่งอ้างอิง ห้ามแต่งเอง"),
    )
    source = models.TextField(_("ที่มา"), blank=True)

    objects = RemedyManager()

    class Meta:
        verbose_name = _("แนวทางแก้ไขตามข้อประเมิน")
        verbose_name_plural = _("แนวทางแก้ไขตามข้อประเมิน")
        ordering = ["framework", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "number"], name="remedy_number_is_unique_in_framework"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}" if self.text else f"แนวทางที่ {self.number}"

    def natural_key(self) -> tuple[int, int]:
        """Return what names this row in a fixture."""
        return (self.framework.fiscal_year, self.number)
