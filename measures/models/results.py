"""The result an organisation received: totals as announced, and the score of each item."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.fiscal_years import FiscalYearField
from measures.models.frameworks import Item
from measures.models.organisations import Organisation
from measures.models.scopes import ScopedQuerySet

SCORE_VALIDATORS = [MinValueValidator(0), MaxValueValidator(100)]


class ScoreField(models.DecimalField):  # type: ignore[type-arg]
    """A score from 0.00 to 100.00."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_digits", 5)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("validators", SCORE_VALIDATORS)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


def _is_a_score(field: str) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__gte": 0, f"{field}__lte": 100})


class AssessmentResultQuerySet(ScopedQuerySet["AssessmentResult"]):
    """Results, by scope."""


class AssessmentResult(models.Model):
    """The result of one organisation and fiscal year, as the office received it.

    What can be recomputed is recomputed in ``domain.scoring.results`` and compared with these.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="results", verbose_name=_("หน่วยงาน")
    )
    fiscal_year = FiscalYearField()
    total = ScoreField(_("คะแนนรวมที่ได้รับแจ้ง"), null=True, blank=True)
    iit = ScoreField(_("คะแนน IIT"), null=True, blank=True)
    eit = ScoreField(_("คะแนน EIT"), null=True, blank=True)
    oit = ScoreField(_("คะแนน OIT"), null=True, blank=True)
    level = models.CharField(_("ระดับที่ได้รับแจ้ง"), max_length=50, blank=True)
    announced_on = models.DateField(_("ประกาศผลเมื่อ"), null=True, blank=True)
    source = models.TextField(_("ที่มา"), blank=True)

    objects = AssessmentResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("ผลการประเมิน")
        verbose_name_plural = _("ผลการประเมิน")
        ordering = ["organisation", "-fiscal_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fiscal_year"], name="result_is_unique_in_fiscal_year"
            ),
            models.CheckConstraint(
                condition=_is_a_score("total")
                & _is_a_score("iit")
                & _is_a_score("eit")
                & _is_a_score("oit"),
                name="result_scores_are_0_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"ผลการประเมินปีงบประมาณ พ.ศ. {self.fiscal_year} {self.organisation}"


class ScoreQuerySet(ScopedQuerySet["Score"]):
    """Scores, by scope."""

    organisation_path = "result__organisation"


class Score(models.Model):
    """The score of one item."""

    result = models.ForeignKey(
        AssessmentResult, models.CASCADE, related_name="scores", verbose_name=_("ผลการประเมิน")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="scores", verbose_name=_("ข้อประเมิน")
    )
    value = ScoreField(_("คะแนน"))

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("คะแนนรายข้อ")
        verbose_name_plural = _("คะแนนรายข้อ")
        ordering = ["result", "item__instrument", "item__number"]
        constraints = [
            models.UniqueConstraint(fields=["result", "item"], name="score_is_unique_per_item"),
            models.CheckConstraint(
                condition=Q(value__gte=0, value__lte=100), name="score_is_0_to_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.code()} = {self.value}"
