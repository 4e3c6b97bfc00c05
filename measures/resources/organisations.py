"""The sheet of organisations: every office of the install, kept by the administrator."""

from typing import Any

from measures.models import Organisation, OrganisationKind
from measures.models.documents import DocumentLayout
from measures.resources.base import Choice, Decimal, Number, ThaiDate, YesNo, column
from measures.resources.keyed import Key, KeyedResource, Shown, parents_first


class OrganisationResource(KeyedResource):
    """Offices by the word that names them in addresses."""

    key = "organisations"
    is_for_install = True

    slug = column("หน่วยงาน", "slug", example="sommut-na", readonly=True)
    name = column("ชื่อหน่วยงาน", "name", example="องค์การบริหารส่วนตำบลสมมตินา")
    short_name = column("ชื่อย่อ", "short_name", example="อบต.สมมตินา")
    kind = column("ประเภท", "kind", Choice(OrganisationKind.choices))
    tambon = column("ตำบล", "tambon", example="สมมตินา")
    amphoe = column("อำเภอ", "amphoe", example="สมมติเมือง")
    changwat = column("จังหวัด", "changwat", example="สมมติธานี")
    document_prefix = column("เลขที่หนังสือ", "document_prefix", example="สม 76801")
    phone = column("โทรศัพท์", "phone", example="0 4200 0000")
    website = column("เว็บไซต์", "website", example="https://example.go.th")
    has_leaders = column("พิมพ์จุดไข่ปลา", "has_leaders", YesNo())
    mfa_required_from = column(
        "ต้องยืนยันตัวตนสองขั้นตั้งแต่วันที่", "mfa_required_from", ThaiDate(), hint="เว้นว่างหากยังไม่บังคับ"
    )
    escalation_working_days = column(
        "แจ้งหัวหน้าเมื่อการลงนามค้าง (วันทำการ)", "escalation_working_days", Number(), example="3"
    )
    fix_at_once_below = column(
        "ต้องแก้ไขโดยเร่งด่วนเมื่อต่ำกว่า", "fix_at_once_below", Decimal(), example="85.00"
    )
    improve_below = column("ต้องพัฒนาเมื่อต่ำกว่า", "improve_below", Decimal(), example="85.00")
    supervisor = column(
        "หน่วยงานที่กำกับดูแล",
        "supervisor",
        Shown(lambda office: office.slug),
        hint="ชื่อในที่อยู่เว็บหรือชื่อเต็มของหน่วยงานที่กำกับดูแล เว้นว่างหากไม่มี",
    )
    default_layout = column("รูปแบบเอกสารปกติ", "default_layout", Choice(DocumentLayout.choices))

    class Meta:
        model = Organisation
        name = "หน่วยงาน"
        fields = (
            "slug",
            "name",
            "short_name",
            "kind",
            "tambon",
            "amphoe",
            "changwat",
            "document_prefix",
            "phone",
            "website",
            "has_leaders",
            "mfa_required_from",
            "escalation_working_days",
            "fix_at_once_below",
            "improve_below",
            "supervisor",
            "default_layout",
        )
        import_id_fields = ("slug",)

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch who supervises."""
        return queryset.select_related("supervisor").order_by("changwat", "name")

    def iter_queryset(self, queryset: Any) -> Any:
        """Return each office after the one that supervises it."""
        return parents_first(queryset, parent="supervisor_id")

    def group_of(self, row: Any) -> str:
        """Return one group: all offices are read at once."""
        return "all"

    def stored(self, group: Any) -> Any:
        """Return every office that the person sees."""
        return Organisation.objects.visible_to(self.user).select_related("supervisor")

    def key_in(self, row: Any) -> Key:
        """Return the slug."""
        return (self.cell(row, "slug"),)

    def key_of(self, instance: Organisation) -> Key:
        """Return the slug."""
        return (instance.slug,)

    def new(self, row: Any) -> Organisation:
        """Return a new office."""
        return Organisation(slug=self.cell(row, "slug"))

    def read_supervisor(self, row: Any, text: str) -> Organisation | None:
        """Return who supervises; an office of the same sheet has to stand above."""
        return self.lookups.organisation(text) if text else None

    def store(self, instance: Organisation) -> None:
        """Store by the verb; rows below may name it."""
        super().store(instance)
        self.lookups.organisations()[instance.slug] = instance
