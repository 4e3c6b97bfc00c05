"""The sheets of the sets of levels: each set by its code, and its levels from the highest down."""

from typing import Any

from django.utils.translation import gettext as _

from measures.models import RatingLevel, RatingScheme
from measures.resources.base import Decimal, Number, YesNo, column
from measures.resources.frameworks import UNSOURCED, scheme_codes
from measures.resources.keyed import Key, KeyedResource
from measures.resources.lookups import found


class RatingSchemeResource(KeyedResource):
    """Sets of levels by code."""

    key = "rating-schemes"
    is_for_install = True

    code = column("รหัสเกณฑ์", "code", readonly=True, example="five-levels")
    name = column("ชื่อเกณฑ์", "name")
    source = column("ที่มา", "source", hint=UNSOURCED)

    class Meta:
        model = RatingScheme
        name = "เกณฑ์ระดับ"
        fields = ("code", "name", "source")
        import_id_fields = ("code",)

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Order by code."""
        return queryset.order_by("code")

    def group_of(self, row: Any) -> str:
        """Return one group: all sets are read at once."""
        return "all"

    def stored(self, group: str) -> Any:
        """Return every set."""
        return RatingScheme.objects.all()

    def key_in(self, row: Any) -> Key:
        """Return the code."""
        return (self.cell(row, "code"),)

    def key_of(self, instance: RatingScheme) -> Key:
        """Return the code."""
        return (instance.code,)

    def new(self, row: Any) -> RatingScheme:
        """Return a new set."""
        return RatingScheme(code=self.cell(row, "code"))


class RatingLevelResource(KeyedResource):
    """Levels by the code of their set and their name."""

    key = "rating-levels"
    is_for_install = True

    scheme = column(
        "รหัสเกณฑ์", "scheme__code", readonly=True, choices=scheme_codes, example="five-levels"
    )
    name = column("ระดับ", "name", readonly=True, example="ผ่านดี")
    order = column("ลำดับ", "order", Number(), example="2", hint="1 คือระดับสูงสุด")
    least_total = column("คะแนนรวมอย่างน้อย", "least_total", Decimal(), example="85.00")
    least_of_each_instrument = column(
        "คะแนนแต่ละเครื่องมืออย่างน้อย",
        "least_of_each_instrument",
        Decimal(),
        hint="เว้นว่างเมื่อเกณฑ์ไม่ได้กำหนด",
    )
    is_passing = column("ถือว่าผ่าน", "is_passing", YesNo())

    class Meta:
        model = RatingLevel
        name = "ระดับของเกณฑ์"
        fields = (
            "scheme",
            "name",
            "order",
            "least_total",
            "least_of_each_instrument",
            "is_passing",
        )
        import_id_fields = ("scheme", "name")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch the sets."""
        return queryset.select_related("scheme").order_by("scheme__code", "order")

    def group_of(self, row: Any) -> str:
        """Return one group: all levels are read at once."""
        return "all"

    def stored(self, group: str) -> Any:
        """Return the levels of every set."""
        return self.filter_export(RatingLevel.objects.all())

    def key_in(self, row: Any) -> Key:
        """Return the set and the name."""
        return (self.cell(row, "scheme"), self.cell(row, "name"))

    def key_of(self, instance: RatingLevel) -> Key:
        """Return the set and the name."""
        return (instance.scheme.code, instance.name)

    def new(self, row: Any) -> RatingLevel:
        """Return a new level of the set."""
        schemes = self.lookups.once(
            "schemes", read=lambda: {each.code: each for each in RatingScheme.objects.all()}
        )
        code = self.cell(row, "scheme")
        scheme = found(code, schemes, what=_("เกณฑ์ระดับ"), remedy=_("เพิ่มเกณฑ์ระดับก่อน"))
        return RatingLevel(scheme=scheme, name=self.cell(row, "name"))
