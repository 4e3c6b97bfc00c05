"""Measures that offices share with each other, and plans that one office offers to many."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.words import normalise
from measures.models.fiscal_years import FiscalYearField
from measures.models.organisations import Organisation
from measures.models.people import User
from measures.models.publications import Publication
from measures.models.scopes import ScopedQuerySet


class SharedMeasureQuerySet(ScopedQuerySet["SharedMeasure"]):
    """Shared measures: ``visible_to`` gives one's own; ``listed`` is the library of all."""

    def listed(self) -> "SharedMeasureQuerySet":
        """Return what every office may take over."""
        return self.filter(withdrawn_at=None)

    def search(self, text: str) -> "SharedMeasureQuerySet":
        """Return the measures whose title or steps hold every word of ``text``, as spelt anyhow."""
        found = self
        for word in normalise(text).split():
            found = found.filter(search_text__contains=word)
        return found


class SharedMeasure(models.Model):
    """A published measure that its office lets others take over.

    ``content`` is the measure as it stands in the publication's frozen content.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="shared_measures", verbose_name=_("หน่วยงาน")
    )
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        related_name="shared_measures",
        verbose_name=_("เอกสารที่เผยแพร่"),
    )
    fiscal_year = FiscalYearField()
    number = models.PositiveSmallIntegerField(_("มาตรการที่"))
    title = models.TextField(_("มาตรการ"))
    content = models.JSONField(_("เนื้อหามาตรการ"))
    search_text = models.TextField(editable=False, blank=True, default="")
    shared_at = models.DateTimeField(_("แบ่งปันเมื่อ"))
    shared_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("แบ่งปันโดย")
    )
    withdrawn_at = models.DateTimeField(_("เลิกแบ่งปันเมื่อ"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("เลิกแบ่งปันโดย"),
    )

    objects = SharedMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("มาตรการที่แบ่งปัน")
        verbose_name_plural = _("มาตรการที่แบ่งปัน")
        ordering = ["-fiscal_year", "organisation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fiscal_year", "number"],
                condition=Q(withdrawn_at=None),
                name="measure_is_shared_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="shared_measure_withdrawn_at_and_by_go_together",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the normalised copy that search reads."""
        steps = [step["text"] for step in self.content.get("steps", [])]
        self.search_text = normalise(" ".join([self.title, *steps]))
        super().save(*args, **kwargs)


class PlanTemplateQuerySet(ScopedQuerySet["PlanTemplate"]):
    """Templates, by the office that made them."""


class PlanTemplate(models.Model):
    """A plan that a supervising office offers to the offices it supervises, as it was then."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="templates", verbose_name=_("หน่วยงานที่กำกับ")
    )
    fiscal_year = FiscalYearField()
    title = models.CharField(_("ชื่อแผนต้นแบบ"), max_length=300)
    note = models.TextField(_("คำชี้แจง"), blank=True)
    content = models.JSONField(_("มาตรการในต้นแบบ"))
    pushed_at = models.DateTimeField(_("ส่งเมื่อ"))
    pushed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ส่งโดย"))

    objects = PlanTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("แผนต้นแบบ")
        verbose_name_plural = _("แผนต้นแบบ")
        ordering = ["-pushed_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class OfferAnswer(models.TextChoices):
    """What an office says to a template offered to it."""

    WAITING = "waiting", _("รอตอบ")
    ACCEPTED = "accepted", _("รับไปใช้")
    DECLINED = "declined", _("ไม่รับ")


class TemplateOfferQuerySet(ScopedQuerySet["TemplateOffer"]):
    """Offers, by the office that answers."""


class TemplateOffer(models.Model):
    """One template offered to one office, and its answer."""

    template = models.ForeignKey(
        PlanTemplate, models.PROTECT, related_name="offers", verbose_name=_("แผนต้นแบบ")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="offers", verbose_name=_("หน่วยงาน")
    )
    answer = models.CharField(
        _("คำตอบ"), max_length=10, choices=OfferAnswer.choices, default=OfferAnswer.WAITING
    )
    reason = models.TextField(_("เหตุผล"), blank=True)
    answered_at = models.DateTimeField(_("ตอบเมื่อ"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("ตอบโดย")
    )

    objects = TemplateOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("แผนต้นแบบที่ได้รับ")
        verbose_name_plural = _("แผนต้นแบบที่ได้รับ")
        ordering = ["-template__pushed_at", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "organisation"], name="template_is_offered_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_at=None, answered_by=None)
                | (~Q(answer="waiting") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="offer_answered_at_and_by_go_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} → {self.organisation}"
