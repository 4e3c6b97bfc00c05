"""The sheet of remedies: what the guidance of a framework says to do about weak items."""

from typing import Any, ClassVar

from measures.domain.analysing.remedies import save_remedy
from measures.models import Remedy
from measures.resources.base import Number, column
from measures.resources.frameworks import UNSOURCED, YearResource, year_column
from measures.resources.keyed import Key
from measures.resources.references import (
    Named,
    References,
    in_order,
    named_item,
    named_sub_indicator,
    read_many,
)


class RemedyResource(YearResource):
    """Remedies by fiscal year of the framework and number."""

    key = "remedies"
    year_path = "framework__fiscal_year"
    empty_parts: ClassVar[dict[str, Any]] = {
        "named_items": None,
        "named_links": None,
        "named_parts": None,
    }

    fiscal_year = year_column("framework__fiscal_year")
    number = column("ลำดับ", "number", Number(), readonly=True, example="1")
    items = column("สำหรับข้อ", "named_items", References(), example="I7, I9")
    links = column("ข้อ OIT ที่เกี่ยวข้อง", "named_links", References(), example="O11, O12")
    parts = column("ตัวชี้วัดย่อยที่เกี่ยวข้อง", "named_parts", References(), example="9.1")
    text = column("แนวทางแก้ไขมาตรฐาน", "text", hint=UNSOURCED)
    source = column("ที่มา", "source")

    class Meta:
        model = Remedy
        name = "แนวทางแก้ไขตามข้อประเมิน"
        fields = ("fiscal_year", "number", "items", "links", "parts", "text", "source")
        import_id_fields = ("fiscal_year", "number")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch what the cells name."""
        return (
            queryset.select_related("framework")
            .prefetch_related(
                "items__instrument__framework",
                "links__instrument__framework",
                "linked_sub_indicators__indicator__instrument__framework",
            )
            .order_by("framework__fiscal_year", "number")
        )

    def stored(self, group: int) -> Any:
        """Return the remedies of the year."""
        return self.filter_export(Remedy.objects.filter(framework__fiscal_year=group))

    def key_in(self, row: Any) -> Key:
        """Return the year and the number."""
        return (self.group_of(row), self.key_number(row, "number"))

    def key_of(self, instance: Remedy) -> Key:
        """Return the year and the number."""
        return (instance.framework.fiscal_year, instance.number)

    def new(self, row: Any) -> Remedy:
        """Return a new remedy of the year's framework."""
        framework = self.lookups.framework(self.group_of(row))
        return Remedy(framework=framework, number=self.key_number(row, "number"))

    def parts_of(self, instance: Remedy) -> dict[str, Any]:
        """Return the rows of the framework that the remedy names."""
        year = instance.framework.fiscal_year
        parts = instance.linked_sub_indicators.all()
        return {
            "named_items": in_order(named_item(item, year) for item in instance.items.all()),
            "named_links": in_order(named_item(item, year) for item in instance.links.all()),
            "named_parts": in_order(named_sub_indicator(part, year) for part in parts),
        }

    def read_items(self, row: Any, text: str) -> tuple[Named, ...]:
        """Return the items that the remedy is for."""
        return read_many(text, self.group_of(row), self.lookups.item, named_item)

    def read_links(self, row: Any, text: str) -> tuple[Named, ...]:
        """Return the o-items that it points to."""
        return self.read_items(row, text)

    def read_parts(self, row: Any, text: str) -> tuple[Named, ...]:
        """Return the sub-indicators that it points to."""
        return read_many(text, self.group_of(row), self.lookups.sub_indicator, named_sub_indicator)

    def store(self, instance: Any) -> None:
        """Store by the verb, with what the row names."""
        save_remedy(
            instance,
            by=self.user,
            items=_rows(instance.named_items),
            links=_rows(instance.named_links),
            sub_indicators=_rows(instance.named_parts),
        )


def _rows(named: tuple[Named, ...] | None) -> list[Any] | None:
    return None if named is None else [each.row for each in named]
