"""The sheet of scores: one row per office, year and item."""

from collections.abc import Sequence
from typing import Any

from measures.domain.scoring.bulk_scores import ItemScore, RefusedScores, store_scores
from measures.models import AssessmentResult, Item, Organisation, Score, User
from measures.resources.base import BadRows, Decimal, Number, column
from measures.resources.keyed import Key, KeyedResource, Shown


class ScoreResource(KeyedResource):
    """Scores by organisation, fiscal year and item; an empty cell takes the score away."""

    key = "scores"
    year_path = "result__fiscal_year"

    slug = column("หน่วยงาน", "result__organisation__slug", readonly=True)
    fiscal_year = column(
        "ปีงบประมาณ", "result__fiscal_year", Number(), readonly=True, example="2566"
    )
    item = column(
        "ข้อ",
        "item",
        Shown(lambda item: item.code()),
        readonly=True,
        example="I7",
        hint="รหัสข้อของปีนั้น เช่น I7 E2 O42",
    )
    value = column("คะแนน", "value", Decimal(), example="79.27", hint="0 ถึง 100 เว้นว่างหากไม่มีคะแนน")

    class Meta:
        model = Score
        name = "คะแนนรายข้อ"
        fields = ("slug", "fiscal_year", "item", "value")
        import_id_fields = ("slug", "fiscal_year", "item")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with no result."""
        super().__init__(*args, **kwargs)
        self._results: dict[tuple[int, int], AssessmentResult] = {}
        self._row: Any = None  # the one of which it was last asked what it names, and the answer
        self._named: tuple[Organisation, int, Item]

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch what the cells name."""
        return queryset.select_related("result__organisation", "item__instrument").order_by(
            "result__organisation", "-result__fiscal_year", "item__instrument__code", "item__number"
        )

    def group_of(self, row: Any) -> int:
        """Return the year."""
        return self._names_in(row)[1]

    def _names_in(self, row: Any) -> tuple[Organisation, int, Item]:
        """Return the office, the year and the item, looked up once for the row."""
        if row is not self._row:
            fiscal_year = self.key_number(row, "fiscal_year")
            item = self.read_item(row, self.cell(row, "item"))
            self._named = (self.organisation(row), fiscal_year, item)
            self._row = row
        return self._named

    def stored(self, group: int) -> Any:
        """Return the scores that all offices of the sheet have in the year."""
        offices = [office.pk for office in self.offices.named()]
        scores = Score.objects.filter(result__organisation__in=offices, result__fiscal_year=group)
        return scores.select_related("result__organisation", "item__instrument__framework")

    def key_in(self, row: Any) -> Key:
        """Return the office, the year and the item."""
        organisation, fiscal_year, item = self._names_in(row)
        return (organisation.pk, fiscal_year, item.pk)

    def key_of(self, instance: Score) -> Key:
        """Return the office, the year and the item."""
        return (instance.result.organisation_id, instance.result.fiscal_year, instance.item_id)

    def new(self, row: Any) -> Score:
        """Return a new score in the result of the office and year."""
        organisation, fiscal_year, item = self._names_in(row)
        key = (organisation.pk, fiscal_year)
        if key not in self._results:  # once for all its rows
            self._results[key] = AssessmentResult(
                organisation=organisation, fiscal_year=fiscal_year
            )
        return Score(result=self._results[key], item=item)

    def read_item(self, row: Any, text: str) -> Item:
        """Return the item of the row's year."""
        return self.lookups.item(self.key_number(row, "fiscal_year"), text)

    def store_many(self, instances: Sequence[Score], by: User) -> None:
        """Store all rows by one verb."""
        rows = [
            ItemScore(score.result.organisation, score.result.fiscal_year, score.item, score.value)
            for score in instances
        ]
        try:
            store_scores(rows, by=by)
        except RefusedScores as refusal:
            heading = str(self.fields["value"].column_name)
            raise BadRows(
                (instances[place], heading, message) for place, message in refusal.problems.items()
            ) from refusal
