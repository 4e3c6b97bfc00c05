"""The forms about people and posts: inviting, appointing, orders to act, ending, a post."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.forms.dates import ThaiDateField
from measures.models import Division, HoldingKind, Organisation, Post, User

ACTING_CHOICES = [choice for choice in HoldingKind.choices if choice[0] != HoldingKind.SUBSTANTIVE]


class _PostField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Names a post with its division: the same title may stand in several."""

    def label_from_instance(self, obj: Post) -> str:
        """Return the title, and the division where there is one."""
        return f"{obj.title} – {obj.division}" if obj.division else obj.title


class _OfficeForm(forms.Form):
    """A form whose choices are the posts and people of one office."""

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        people: list[User] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        posts = Post.objects.of_organisation(organisation).select_related("division")
        users = User.objects.filter(pk__in=[person.pk for person in people or []])
        for field in self.fields.values():
            if isinstance(field, _PostField):
                field.queryset = posts
            elif isinstance(field, forms.ModelChoiceField):
                field.queryset = users.order_by("first_name", "last_name")


def _post_field(label: Any, **options: Any) -> _PostField:
    return _PostField(label=label, queryset=Post.objects.none(), **options)


def _ends_earlier() -> forms.BooleanField:
    return forms.BooleanField(label=_("ให้ผู้ดำรงตำแหน่งเดิมพ้นในวันก่อนหน้า"), required=False)


class InvitationForm(_OfficeForm):
    """Who is invited to an account, into which post, from when."""

    post = _post_field(_("ตำแหน่ง"))
    title = forms.CharField(
        label=_("คำนำหน้าชื่อ"), max_length=50, required=False, help_text=_("เช่น นาย นางสาว")
    )
    first_name = forms.CharField(label=_("ชื่อ"), max_length=150)
    last_name = forms.CharField(label=_("นามสกุล"), max_length=150)
    email = forms.EmailField(
        label=_("อีเมล"), help_text=_("ระบบส่งลิงก์ไปที่อีเมลนี้ ใช้ได้ครั้งเดียวภายใน 14 วัน")
    )
    starts_on = ThaiDateField(label=_("ดำรงตำแหน่งตั้งแต่วันที่"))
    ends_earlier = _ends_earlier()


class AppointmentForm(_OfficeForm):
    """Which person of the office holds which post, from when to when."""

    post = _post_field(_("ตำแหน่ง"))
    user = forms.ModelChoiceField(label=_("บุคคล"), queryset=User.objects.none())
    starts_on = ThaiDateField(label=_("ตั้งแต่วันที่"))
    ends_on = ThaiDateField(label=_("ถึงวันที่"), required=False, help_text=_("เว้นว่างไว้หากยังไม่กำหนด"))
    ends_earlier = _ends_earlier()


class ActingOrderForm(_OfficeForm):
    """An order to act in a post, with the order as a file."""

    post = _post_field(_("ตำแหน่งที่รักษาการ"))
    user = forms.ModelChoiceField(label=_("ผู้รักษาการ"), queryset=User.objects.none())
    substantive_post = _post_field(_("ตำแหน่งจริงของผู้รักษาการ"), help_text=_("พิมพ์ไว้บรรทัดบนใต้ลายมือชื่อ"))
    kind = forms.ChoiceField(label=_("ลักษณะ"), choices=ACTING_CHOICES)
    order_number = forms.CharField(label=_("คำสั่งที่"), max_length=50, help_text=_("เช่น 412/2567"))
    order_date = ThaiDateField(label=_("ลงวันที่"))
    starts_on = ThaiDateField(label=_("ตั้งแต่วันที่"))
    ends_on = ThaiDateField(label=_("ถึงวันที่"), required=False, help_text=_("เว้นว่างไว้หากคำสั่งไม่กำหนด"))
    file = forms.FileField(
        label=_("คำสั่ง (ไฟล์ PDF)"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        error_messages={"empty": _("ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่")},
    )


class EndForm(forms.Form):
    """The last day of a holding."""

    ends_on = ThaiDateField(
        label=_("วันสุดท้ายที่ดำรงตำแหน่ง"),
        help_text=_("ยังทำงานในตำแหน่งนี้ได้จนสิ้นวันนั้น เลือกวันในอนาคตได้"),
    )


class SecondFactorForm(forms.Form):
    """The day from which a second factor is required."""

    mfa_required_from = ThaiDateField(
        label=_("ต้องยืนยันตัวตนสองขั้นตั้งแต่วันที่"),
        required=False,
        help_text=_("สำหรับผู้ลงนามและผู้ดูแลบัญชี เว้นว่างไว้หากไม่บังคับ"),
    )


class LostFactorForm(forms.Form):
    """Why somebody's second factor is taken away."""

    reason = forms.CharField(
        label=_("เหตุผล"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("เก็บไว้ถาวรในประวัติ และแจ้งเจ้าของบัญชี"),
    )


class PostForm(forms.ModelForm):  # type: ignore[type-arg]
    """A post and the duties that hang on it."""

    class Meta:
        model = Post
        fields = (
            "title",
            "division",
            "reports_progress",
            "coordinates",
            "administers",
            "receives_escalations",
            "order",
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        divisions = Division.objects.of_organisation(self.instance.organisation)
        self.fields["division"].queryset = divisions.filter(  # type: ignore[attr-defined]
            closed_on=None
        )


class AnswerForm(forms.Form):
    """The name and password that an invited person chooses."""

    username = forms.CharField(
        label=_("ชื่อผู้ใช้"),
        max_length=150,
        help_text=_("ใช้เข้าสู่ระบบ ตัวอักษรอังกฤษ ตัวเลข หรือ . - _"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("รหัสผ่าน"),
        strip=False,
        help_text=_("อย่างน้อย 12 ตัวอักษร ใช้หลายคำต่อกันได้"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("รหัสผ่านอีกครั้ง"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords."""
        data = super().clean() or {}
        if data.get("password") != data.get("again"):
            self.add_error("again", _("รหัสผ่านสองช่องไม่ตรงกัน"))
        return data
