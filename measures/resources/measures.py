"""The sheet of measures: one row per measure, steps and responsible parties one a line."""

from typing import Any

from ita_portal.thai.periods import parse_period
from measures.domain.planning.measures import save_measure
from measures.models import Measure
from measures.resources.base import Number, SheetResource, column, lines_of
from measures.resources.responsibilities import printed_lines, read_lines


class MeasureResource(SheetResource):
    """Measures by organisation, fiscal year and number."""

    fiscal_year = column("ปีงบประมาณ", "fiscal_year", Number())
    number = column("มาตรการที่", "number", Number())
    title = column("มาตรการ", "title")
    steps = column("ขั้นตอน", "step_lines")
    responsible = column("ผู้รับผิดชอบ", "responsible_lines")
    period_text = column("ระยะเวลาดำเนินการ", "period_text")
    monitoring = column("การกำกับติดตาม", "monitoring")

    class Meta:
        model = Measure
        name = "มาตรการ"
        fields = (
            "slug",
            "fiscal_year",
            "number",
            "title",
            "steps",
            "responsible",
            "period_text",
            "monitoring",
        )
        import_id_fields = ("slug", "fiscal_year", "number")
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch the parts of all rows at once."""
        return queryset.select_related("organisation").prefetch_related(
            "steps",
            "responsibilities__post",
            "responsibilities__division__parent",
        )

    def dehydrate_steps(self, measure: Measure) -> str:
        """Return the steps, one a line."""
        return "\n".join(step.text for step in measure.steps.all())

    def dehydrate_responsible(self, measure: Measure) -> str:
        """Return the responsible parties, one a line."""
        return printed_lines(measure)

    def get_instance(self, instance_loader: Any, row: Any) -> Measure | None:
        """Return the measure that the key names, if there is one."""
        return (
            Measure.objects.visible_to(self.user)
            .filter(
                organisation=self.organisation(row),
                fiscal_year=self.key_number(row, "fiscal_year"),
                number=self.key_number(row, "number"),
            )
            .select_related("organisation")
            .first()
        )

    def init_instance(self, row: Any = None) -> Measure:
        """Return a new measure of the organisation that the row names."""
        return Measure(organisation=self.organisation(row))

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """Put the parts where columns find them, and keep a copy for comparison."""
        instance.step_lines = "" if new else self.dehydrate_steps(instance)
        instance.responsible_lines = "" if new else self.dehydrate_responsible(instance)
        instance.stored = _parts(instance)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Store the measure by the verb, with those of its parts that the sheet changes.

        A changed period is read anew; one that stays keeps the days that were entered by hand.
        """
        stored: dict[str, str] = instance.stored
        if instance.period_text != stored["period_text"]:
            period = parse_period(instance.period_text, fiscal_year=instance.fiscal_year)
            instance.starts_on, instance.ends_on = period.start, period.end
        save_measure(
            instance,
            by=self.user,
            steps=lines_of(instance.step_lines)
            if instance.step_lines != stored["step_lines"]
            else None,
            responsibilities=read_lines(instance.responsible_lines, instance)
            if instance.responsible_lines != stored["responsible_lines"]
            else None,
        )


def _parts(instance: Any) -> dict[str, str]:
    """Return the parts that are stored anew only where the sheet changes them."""
    return {
        name: getattr(instance, name) for name in ("step_lines", "responsible_lines", "period_text")
    }
