"""What a division did for a measure in a round, and every text that was saved on the way."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.fiscal_years import ReportingRound
from measures.models.frozen import FrozenModel, FrozenQuerySet
from measures.models.measures import Measure, Step, Target
from measures.models.organisations import Division
from measures.models.people import User
from measures.models.scopes import ScopedQuerySet


class ProgressStatus(models.TextChoices):
    """The three columns of the status table."""

    NOT_STARTED = "not_started", _("ยังไม่ดำเนินการ")
    IN_PROGRESS = "in_progress", _("อยู่ระหว่างดำเนินการ")
    DONE = "done", _("ดำเนินการเสร็จเรียบร้อยแล้ว")


class ProgressEntryQuerySet(ScopedQuerySet["ProgressEntry"]):
    """Entries, by scope."""

    organisation_path = "measure__organisation"

    def in_round(self, reporting_round: ReportingRound) -> "ProgressEntryQuerySet":
        """Return the entries of one round."""
        return self.filter(round=reporting_round)

    def written(self) -> "ProgressEntryQuerySet":
        """Return the entries in which somebody has saved anything."""
        return self.exclude(updated_at=None)


class ProgressEntry(models.Model):
    """One division's entry for one measure in one round. ``version`` counts the savings."""

    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="entries", verbose_name=_("มาตรการ")
    )
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="entries", verbose_name=_("ส่วนราชการ")
    )
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, related_name="entries", verbose_name=_("รอบการรายงาน")
    )
    status = models.CharField(
        _("สถานะการดำเนินการ"),
        max_length=20,
        choices=ProgressStatus.choices,
        default=ProgressStatus.NOT_STARTED,
    )
    has_status = models.BooleanField(
        _("เลือกสถานะแล้ว"),
        default=False,
        editable=False,
        help_text=_("รายการที่มีแต่ข้อความ ยังไม่เลือกสถานะ ถือว่ายังไม่รายงาน"),
    )
    status_note = models.CharField(
        _("หมายเหตุสถานะ"),
        max_length=200,
        blank=True,
        help_text=_("พิมพ์ในวงเล็บท้ายเครื่องหมาย เช่น ตรวจสอบในเว็บไซต์ของหน่วยงาน"),
    )
    result = models.TextField(_("ผลการดำเนินการ"), blank=True)
    outcome = models.TextField(_("ผลลัพธ์/ความสำเร็จ"), blank=True)
    suggestion = models.TextField(_("ข้อเสนอแนะ"), blank=True)
    version = models.PositiveIntegerField(_("ฉบับที่"), default=0, editable=False)
    updated_at = models.DateTimeField(_("บันทึกเมื่อ"), null=True, blank=True, editable=False)
    updated_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("บันทึกโดย"),
    )
    late_permit = models.ForeignKey(
        "LatePermit",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("รายงานล่าช้าตามที่อนุญาต"),
        help_text=_("การอนุญาตที่ใช้บันทึกรายการนี้หลังปิดรอบ แสดงต่อสาธารณะว่ารายงานล่าช้า"),
    )

    objects = ProgressEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ผลการดำเนินการ")
        verbose_name_plural = _("ผลการดำเนินการ")
        ordering = ["measure__number", "division__order", "division__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "division", "round"],
                name="progress_is_unique_per_division_and_round",
            ),
            models.CheckConstraint(
                condition=Q(updated_at=None, updated_by=None, version=0)
                | Q(updated_at__isnull=False, updated_by__isnull=False, version__gte=1),
                name="progress_updated_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(has_status=False) | Q(updated_at__isnull=False),
                name="reported_entry_has_been_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure.number}. {self.division} {self.round}"

    def is_written(self) -> bool:
        """Return whether somebody has saved anything in this entry."""
        return self.updated_at is not None

    def is_reported(self) -> bool:
        """Return whether somebody has said where the measure stands.

        Words that saved themselves while the status was still to be chosen are no report yet.
        """
        return self.has_status


class ProgressRevisionQuerySet(FrozenQuerySet["ProgressRevision"]):
    """Revisions, by scope."""

    organisation_path = "entry__measure__organisation"


class ProgressRevision(FrozenModel):
    """One saved text of one field of an entry: what stood there from ``entry_version`` on.

    ``field`` is a name of ``domain.recording.entry_fields.TEXT_FIELDS``, ``step-<id>`` or
    ``target-<id>``. ``key`` names the request that saved it; the same request sent again finds
    its own row.
    """

    entry = models.ForeignKey(
        ProgressEntry, models.PROTECT, related_name="revisions", verbose_name=_("ผลการดำเนินการ")
    )
    field = models.CharField(_("ช่อง"), max_length=40)
    entry_version = models.PositiveIntegerField(_("ฉบับที่ของรายการ"))
    text = models.TextField(_("ข้อความ"), blank=True)
    key = models.UUIDField(_("รหัสคำขอ"), null=True, blank=True)
    saved_at = models.DateTimeField(_("บันทึกเมื่อ"))
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("บันทึกโดย"))

    objects = ProgressRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("ข้อความที่บันทึก")
        verbose_name_plural = _("ข้อความที่บันทึก")
        ordering = ["entry", "-entry_version", "field"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "field", "entry_version"],
                name="field_is_saved_once_per_entry_version",
            ),
            models.UniqueConstraint(
                fields=["entry", "field", "key"], name="request_saves_a_field_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.entry_version}"


class StepMarkQuerySet(ScopedQuerySet["StepMark"]):
    """Marks, by scope."""

    organisation_path = "step__measure__organisation"


class StepMark(models.Model):
    """A division says in a round that a step of the measure is done."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="marks", verbose_name=_("ขั้นตอน"))
    entry = models.ForeignKey(
        ProgressEntry, models.CASCADE, related_name="step_marks", verbose_name=_("ผลการดำเนินการ")
    )
    marked_at = models.DateTimeField(_("ทำเครื่องหมายเมื่อ"))
    marked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("ทำเครื่องหมายโดย")
    )

    objects = StepMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("ขั้นตอนที่เสร็จแล้ว")
        verbose_name_plural = _("ขั้นตอนที่เสร็จแล้ว")
        constraints = [
            models.UniqueConstraint(fields=["step", "entry"], name="step_is_marked_once_per_entry")
        ]

    def __str__(self) -> str:
        return str(self.step)


class TargetValueQuerySet(ScopedQuerySet["TargetValue"]):
    """Values, by scope."""

    organisation_path = "target__measure__organisation"


class TargetValue(models.Model):
    """What a division reached of a numeric target in a round."""

    target = models.ForeignKey(
        Target, models.CASCADE, related_name="values", verbose_name=_("เป้าหมาย")
    )
    entry = models.ForeignKey(
        ProgressEntry, models.CASCADE, related_name="target_values", verbose_name=_("ผลการดำเนินการ")
    )
    value = models.DecimalField(_("ผลที่ได้"), max_digits=14, decimal_places=2)
    recorded_at = models.DateTimeField(_("บันทึกเมื่อ"))
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("บันทึกโดย")
    )

    objects = TargetValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("ผลตามเป้าหมาย")
        verbose_name_plural = _("ผลตามเป้าหมาย")
        constraints = [
            models.UniqueConstraint(
                fields=["target", "entry"], name="target_has_one_value_per_entry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.value}"
