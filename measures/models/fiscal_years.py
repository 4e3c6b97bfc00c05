"""Fiscal years and the rounds in which an organisation reports."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models.organisations import Organisation
from measures.models.people import User
from measures.models.scopes import ScopedQuerySet

EARLIEST_FISCAL_YEAR = 2556  # พ.ศ.; the national assessment began in that year's preparations
LATEST_FISCAL_YEAR = 2643  # พ.ศ.; a slip of the keyboard, not a plan


class FiscalYearField(models.PositiveSmallIntegerField):  # type: ignore[type-arg]
    """A fiscal year in พ.ศ.: year N runs from 1 October N-1 to 30 September N."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault(
            "validators",
            [MinValueValidator(EARLIEST_FISCAL_YEAR), MaxValueValidator(LATEST_FISCAL_YEAR)],
        )
        kwargs.setdefault("verbose_name", _("ปีงบประมาณ (พ.ศ.)"))
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class RoundMonths(models.IntegerChoices):
    """How many months of the fiscal year a round covers."""

    SIX = 6, _("รอบ 6 เดือน")
    TWELVE = 12, _("รอบ 12 เดือน")


class ReportingRoundQuerySet(ScopedQuerySet["ReportingRound"]):
    """Rounds, by scope and state."""

    def open_on(self, day: datetime.date) -> "ReportingRoundQuerySet":
        """Return the rounds that take entries on ``day``."""
        return self.filter(
            Q(closes_on=None) | Q(closes_on__gte=day), opens_on__lte=day, closed_at=None
        )


class ReportingRound(models.Model):
    """One round of one organisation and fiscal year: when it opens, is due, and closes.

    It closes by itself after ``closes_on``, or when a coordinator closes it (``closed_at``).
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rounds", verbose_name=_("หน่วยงาน")
    )
    fiscal_year = FiscalYearField()
    months = models.PositiveSmallIntegerField(_("รอบ"), choices=RoundMonths.choices)
    opens_on = models.DateField(_("เปิดให้รายงาน"))
    due_on = models.DateField(_("กำหนดส่ง"))
    closes_on = models.DateField(
        _("วันสุดท้ายที่รับรายงาน"),
        null=True,
        blank=True,
        help_text=_("พ้นวันนี้แล้วรอบปิดเอง เว้นว่างไว้ รอบจะเปิดจนกว่าผู้ประสานงานปิด"),
    )
    closed_at = models.DateTimeField(_("ปิดรอบเมื่อ"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("ปิดรอบโดย"),
    )

    objects = ReportingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("รอบการรายงาน")
        verbose_name_plural = _("รอบการรายงาน")
        ordering = ["-fiscal_year", "-months"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fiscal_year", "months"],
                name="round_is_unique_in_fiscal_year",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="round_is_due_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="round_closed_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("due_on")),
                name="round_closes_after_it_is_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_months_display()} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    def is_closed(self) -> bool:
        """Return whether the coordinator has closed this round."""
        return self.closed_at is not None

    def has_opened(self, day: datetime.date | None = None) -> bool:
        """Return whether the round's opening date has come."""
        return self.opens_on <= (day or timezone.localdate())

    def has_passed_its_last_day(self, day: datetime.date | None = None) -> bool:
        """Return whether the day after which it takes no entries has passed."""
        return self.closes_on is not None and self.closes_on < (day or timezone.localdate())

    def is_overdue(self, day: datetime.date | None = None) -> bool:
        """Return whether the due date has passed while the round still takes entries."""
        today = day or timezone.localdate()
        return (
            not self.is_closed() and not self.has_passed_its_last_day(today) and self.due_on < today
        )
