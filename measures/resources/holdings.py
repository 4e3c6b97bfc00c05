"""The sheet of who holds or acts in a post: one row per person, post, kind and first day."""

from typing import Any

from django.db.models import Case, IntegerField, Value, When

from measures.models import HoldingKind, Organisation, Post, PostHolding, User
from measures.resources.base import Choice, ThaiDate, column
from measures.resources.keyed import (
    Key,
    KeyedResource,
    Shown,
    division_names,
    post_titles,
    usernames,
)


class HoldingResource(KeyedResource):
    """Holdings by organisation, post, person, kind and first day; people are named by username.

    A new row appoints, or enters an order to act; of a row that is there only the last day
    changes. A sheet makes no accounts.
    """

    key = "holdings"

    slug = column("หน่วยงาน", "post__organisation__slug", readonly=True)
    post = column("ชื่อตำแหน่ง", "post__title", readonly=True, choices=post_titles)
    division = column(
        "ส่วนราชการ",
        "post__division__name",
        readonly=True,
        choices=division_names,
        hint="ส่วนราชการของตำแหน่ง เว้นว่างสำหรับตำแหน่งที่ไม่อยู่ในส่วนราชการใด",
    )
    person = column(
        "ชื่อผู้ใช้",
        "user",
        Shown(lambda person: person.username),
        readonly=True,
        choices=usernames,
        hint="ชื่อที่ใช้เข้าระบบ แผ่นงานนี้ไม่สร้างบัญชี ผู้ที่ยังไม่มีบัญชีต้องได้รับคำเชิญก่อน",
    )
    kind = column("ลักษณะ", "kind", Choice(HoldingKind.choices), readonly=True)
    starts_on = column("ตั้งแต่วันที่", "starts_on", ThaiDate(), readonly=True, example="1 ตุลาคม 2563")
    ends_on = column("ถึงวันที่", "ends_on", ThaiDate(), hint="เว้นว่างหากยังไม่กำหนด")
    own_post = column(
        "ตำแหน่งของผู้แทน",
        "substantive_post",
        Shown(lambda post: post.title),
        choices=post_titles,
        hint="เฉพาะการรักษาการ: ตำแหน่งจริงของผู้รักษาการ",
    )
    own_division = column(
        "ส่วนราชการของผู้แทน",
        "substantive_post__division__name",
        readonly=True,
        choices=division_names,
    )
    order_number = column("คำสั่งที่", "order_number", example="12/2564")
    order_date = column("ลงวันที่", "order_date", ThaiDate(), example="1 ตุลาคม 2563")

    class Meta:
        model = PostHolding
        name = "ผู้ดำรงตำแหน่ง"
        fields = (
            "slug",
            "post",
            "division",
            "person",
            "kind",
            "starts_on",
            "ends_on",
            "own_post",
            "own_division",
            "order_number",
            "order_date",
        )
        import_id_fields = ("slug", "post", "division", "person", "kind", "starts_on")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch what the cells name; who acts comes after the posts that people hold."""
        holders_first = Case(
            When(kind=HoldingKind.SUBSTANTIVE, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        return queryset.select_related(
            "post__organisation",
            "post__division",
            "user",
            "substantive_post__division",
        ).order_by(
            "post__organisation",
            holders_first,
            "post__order",
            "post__title",
            "post__division__name",
            "starts_on",
            "user__username",
            "kind",
        )

    def stored(self, group: Organisation) -> Any:
        """Return the holdings of the office."""
        return PostHolding.objects.of_organisation(group).select_related(
            "post__organisation", "post__division", "user", "substantive_post__division"
        )

    def key_in(self, row: Any) -> Key:
        """Return the office, the post with its division, the person, the kind and the first day."""
        return (
            self.organisation(row).pk,
            self.cell(row, "post"),
            self.cell(row, "division"),
            self.cell(row, "person"),
            self._read(row, "kind"),
            self._read(row, "starts_on"),
        )

    def key_of(self, instance: PostHolding) -> Key:
        """Return the same of a holding."""
        post = instance.post
        return (
            post.organisation_id,
            post.title,
            post.division.name if post.division else "",
            instance.user.username,
            instance.kind,
            instance.starts_on,
        )

    def new(self, row: Any) -> PostHolding:
        """Return a new holding of a person of the office in one of its posts."""
        organisation = self.organisation(row)
        holding = PostHolding(
            post=self._post(row, "post", "division"),
            user=self.read_person(row, self.cell(row, "person")),
            kind=self._read(row, "kind"),
            starts_on=self._read(row, "starts_on"),
            substantive_post=self.read_own_post(row, self.cell(row, "own_post")),
        )
        holding.post.organisation = organisation
        return holding

    def _read(self, row: Any, name: str) -> Any:
        return self.fields[name].clean(row)

    def _post(self, row: Any, title: str, division: str) -> Post:
        return self.lookups.post(
            self.organisation(row), self.cell(row, title), self.cell(row, division)
        )

    def read_person(self, row: Any, text: str) -> User:
        """Return who signs in by this name, or raise Invalid: a sheet makes no accounts."""
        return self.lookups.person(self.organisation(row), text)

    def read_post(self, row: Any, text: str) -> str:
        """Return the title of a post that the office has."""
        return self._post(row, "post", "division").title

    def read_own_post(self, row: Any, text: str) -> Post | None:
        """Return the post out of which the person acts, or None."""
        return self._post(row, "own_post", "own_division") if text else None
