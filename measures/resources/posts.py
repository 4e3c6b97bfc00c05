"""The sheet of posts: one row per post, with the duties that hang on it."""

from typing import Any

from measures.models import Organisation, Post
from measures.resources.base import Number, YesNo, column
from measures.resources.keyed import Key, KeyedResource, division_names


class PostResource(KeyedResource):
    """Posts by organisation, title and division."""

    key = "posts"

    title = column("ชื่อตำแหน่ง", "title", readonly=True, example="นักวิเคราะห์นโยบายและแผน")
    division = column(
        "ส่วนราชการ",
        "division__name",
        readonly=True,
        choices=division_names,
        example="สำนักปลัด",
        hint="เว้นว่างสำหรับตำแหน่งที่ไม่อยู่ในส่วนราชการใด เช่น นายก ปลัด",
    )
    reports_progress = column("รายงานผลของส่วนราชการ", "reports_progress", YesNo())
    coordinates = column("ประสานแผนและรวบรวมรายงาน", "coordinates", YesNo())
    administers = column("ดูแลบัญชีและตำแหน่ง", "administers", YesNo())
    receives_escalations = column("รับแจ้งเมื่อการลงนามค้าง", "receives_escalations", YesNo())
    order = column("ลำดับ", "order", Number(), example="5")

    class Meta:
        model = Post
        name = "ตำแหน่ง"
        fields = (
            "slug",
            "title",
            "division",
            "reports_progress",
            "coordinates",
            "administers",
            "receives_escalations",
            "order",
        )
        import_id_fields = ("slug", "title", "division")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch what the cells name."""
        return queryset.select_related("organisation", "division").order_by(
            "organisation", "order", "title", "division__name"
        )

    def stored(self, group: Organisation) -> Any:
        """Return the posts of the office."""
        return self.lookups.posts(group).values()

    def key_in(self, row: Any) -> Key:
        """Return the office, the title and the division."""
        organisation = self.organisation(row)
        return (organisation.pk, self.cell(row, "title"), self.cell(row, "division"))

    def key_of(self, instance: Post) -> Key:
        """Return the office, the title and the division."""
        division = instance.division.name if instance.division else ""
        return (instance.organisation_id, instance.title, division)

    def new(self, row: Any) -> Post:
        """Return a new post of the office, or raise for a division that it does not have."""
        organisation = self.organisation(row)
        name = self.cell(row, "division")
        return Post(
            organisation=organisation,
            title=self.cell(row, "title"),
            division=self.read_division(row, name),
        )

    def read_division(self, row: Any, text: str) -> Any:
        """Return the division of the post, or None."""
        return self.lookups.division(self.organisation(row), text) if text else None
