"""The sheet of results: the totals and the level that each office was told, one row per year."""

from typing import Any

from measures.domain.scoring.entering import save_result
from measures.models import AssessmentResult, Organisation, RatingLevel, User
from measures.resources.base import Decimal, Number, ThaiDate, column
from measures.resources.keyed import Key, KeyedResource


def level_names(user: User, organisation: Organisation | None) -> list[str]:
    """Return the names of all levels, best first, each once."""
    names = RatingLevel.objects.order_by("scheme", "order").values_list("name", flat=True)
    return list(dict.fromkeys(names))


class ResultResource(KeyedResource):
    """Announced totals by organisation and fiscal year; the scores have a sheet of their own."""

    key = "results"
    year_path = "fiscal_year"

    fiscal_year = column("ปีงบประมาณ", "fiscal_year", Number(), readonly=True, example="2566")
    total = column("คะแนนรวม", "total", Decimal(), example="83.32", hint="เว้นว่างหากไม่ทราบ")
    iit = column("คะแนน IIT", "iit", Decimal(), example="88.10")
    eit = column("คะแนน EIT", "eit", Decimal(), example="84.25")
    oit = column("คะแนน OIT", "oit", Decimal(), example="79.00")
    level = column("ระดับ", "level", choices=level_names)
    announced_on = column("ประกาศผลเมื่อ", "announced_on", ThaiDate(), example="10 สิงหาคม 2566")
    source = column("ที่มา", "source")

    class Meta:
        model = AssessmentResult
        name = "ผลการประเมิน"
        fields = (
            "slug",
            "fiscal_year",
            "total",
            "iit",
            "eit",
            "oit",
            "level",
            "announced_on",
            "source",
        )
        import_id_fields = ("slug", "fiscal_year")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch whose result it is."""
        return queryset.select_related("organisation").order_by("organisation", "-fiscal_year")

    def stored(self, group: Organisation) -> Any:
        """Return the results of the office."""
        return group.results.select_related("organisation")

    def key_in(self, row: Any) -> Key:
        """Return the office and the year."""
        return (self.organisation(row).pk, self.key_number(row, "fiscal_year"))

    def key_of(self, instance: AssessmentResult) -> Key:
        """Return the office and the year."""
        return (instance.organisation_id, instance.fiscal_year)

    def new(self, row: Any) -> AssessmentResult:
        """Return a new result of the office."""
        return AssessmentResult(
            organisation=self.organisation(row), fiscal_year=self.key_number(row, "fiscal_year")
        )

    def store(self, instance: AssessmentResult) -> None:
        """Store by the verb; the scores stay as they are."""
        save_result(instance, by=self.user)
