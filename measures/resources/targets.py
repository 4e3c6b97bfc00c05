"""The sheet of targets: the numbers that measures are to reach, one row per target."""

from typing import Any

from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.planning.measures import save_measure
from measures.domain.planning.plan_parts import PlannedTarget
from measures.models import Measure, Organisation, Target, TargetFold
from measures.resources.base import Choice, Decimal, Number, column
from measures.resources.keyed import Key, KeyedResource
from measures.resources.lookups import found


class TargetResource(KeyedResource):
    """Targets by organisation, fiscal year, number of the measure, and place among its targets."""

    key = "targets"
    year_path = "measure__fiscal_year"

    slug = column("หน่วยงาน", "measure__organisation__slug", readonly=True)
    fiscal_year = column(
        "ปีงบประมาณ", "measure__fiscal_year", Number(), readonly=True, example="2567"
    )
    measure = column("มาตรการที่", "measure__number", Number(), readonly=True, example="1")
    number = column("ลำดับ", "number", Number(), readonly=True, example="1")
    name = column("ตัวชี้วัดเป้าหมาย", "name", example="บุคลากรที่ผ่านการอบรม")
    unit = column("หน่วยนับ", "unit", example="คน")
    baseline = column("ค่าตั้งต้น", "baseline", Decimal(), example="0", hint="เว้นว่างหากไม่ทราบ")
    goal = column("ค่าเป้าหมาย", "goal", Decimal(), example="40")
    fold = column("เมื่อหลายส่วนราชการรายงาน", "fold", Choice(TargetFold.choices))

    class Meta:
        model = Target
        name = "เป้าหมาย"
        fields = (
            "slug",
            "fiscal_year",
            "measure",
            "number",
            "name",
            "unit",
            "baseline",
            "goal",
            "fold",
        )
        import_id_fields = ("slug", "fiscal_year", "measure", "number")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch whose target it is."""
        return queryset.select_related("measure__organisation").order_by(
            "measure__organisation", "-measure__fiscal_year", "measure__number", "number"
        )

    def stored(self, group: Organisation) -> Any:
        """Return the targets of the office."""
        return self.filter_export(Target.objects.of_organisation(group))

    def key_in(self, row: Any) -> Key:
        """Return the office, the year, the measure and the place."""
        return (
            self.organisation(row).pk,
            self.key_number(row, "fiscal_year"),
            self.key_number(row, "measure"),
            self.key_number(row, "number"),
        )

    def key_of(self, instance: Target) -> Key:
        """Return the office, the year, the measure and the place."""
        measure = instance.measure
        return (measure.organisation_id, measure.fiscal_year, measure.number, instance.number)

    def read_measure(self, row: Any, text: str) -> int:
        """Return the number of a measure that the office has in the year."""
        return self._measure(row).number

    def _measure(self, row: Any) -> Measure:
        organisation = self.organisation(row)
        fiscal_year = self.key_number(row, "fiscal_year")
        measures = self.lookups.once(
            "measures",
            organisation.pk,
            fiscal_year,
            read=lambda: {
                str(each.number): each
                for each in organisation.measures.filter(fiscal_year=fiscal_year)
            },
        )
        number = str(self.key_number(row, "measure"))
        what = _("มาตรการของปีงบประมาณ %s ลำดับที่") % fiscal_year
        return found(number, measures, what=what, remedy=_("นำเข้ามาตรการก่อน"))

    def new(self, row: Any) -> Target:
        """Return a new target of the measure."""
        return Target(measure=self._measure(row), number=self.key_number(row, "number"))

    def store(self, instance: Target) -> None:
        """Store the measure's targets by its verb, this one in its place."""
        self.refuse_bad_cells(instance)
        measure = instance.measure
        stored = list(measure.targets.all())
        if instance._state.adding and instance.number != len(stored) + 1:
            raise Invalid(
                _("เป้าหมายลำดับถัดไปของมาตรการนี้คือ %(next)s โปรดเรียงลำดับต่อกันโดยไม่เว้น")
                % {"next": len(stored) + 1}
            )
        rows = [instance if row.pk == instance.pk else row for row in stored]
        rows += [instance] if instance._state.adding else []
        planned = [
            PlannedTarget(
                name=row.name,
                unit=row.unit,
                goal=row.goal,
                baseline=row.baseline,
                fold=row.fold,
                pk=row.pk,
            )
            for row in rows
        ]
        save_measure(measure, by=self.user, targets=planned)
        instance.pk = measure.targets.get(number=instance.number).pk
