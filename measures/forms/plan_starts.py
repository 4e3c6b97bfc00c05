"""What the coordinator chooses when a plan is started from what is there already."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.models import Organisation

LONGEST_SEARCH = 200


class FindingsForm(forms.Form):
    """Which findings become measures; the choices are the ids of those without one."""

    findings = forms.TypedMultipleChoiceField(
        label=_("ข้อบกพร่องหรือประเด็นที่ต้องพัฒนา"),
        coerce=int,
        error_messages={
            "required": _("โปรดเลือกอย่างน้อยหนึ่งข้อ"),
            "invalid_choice": _("ข้อที่เลือกไว้ถูกลบไปแล้ว โปรดตรวจรายการที่เหลือแล้วกดอีกครั้ง"),
        },
    )
    as_one = forms.BooleanField(label=_("รวมทุกข้อที่เลือกเป็นมาตรการเดียว"), required=False)

    def __init__(self, *args: Any, keys: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "findings", keys)


class CopyForm(forms.Form):
    """Which measures of which year are copied."""

    measures = forms.TypedMultipleChoiceField(
        label=_("มาตรการ"),
        coerce=int,
        error_messages={
            "required": _("โปรดเลือกมาตรการอย่างน้อยหนึ่งมาตรการ"),
            "invalid_choice": _("มาตรการที่เลือกไว้ถูกลบไปแล้ว โปรดตรวจรายการที่เหลือแล้วกดอีกครั้ง"),
        },
    )

    def __init__(self, *args: Any, keys: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "measures", keys)


class LibraryForm(forms.Form):
    """What is looked for in the library."""

    q = forms.CharField(
        label=_("ค้นหาในชื่อมาตรการและขั้นตอน"), required=False, max_length=LONGEST_SEARCH
    )


class ShareForm(forms.Form):
    """Which measure of which publication is shared."""

    publication = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput)


class PushForm(forms.Form):
    """Under which name, and to which of the supervised offices, a plan is offered."""

    title = forms.CharField(label=_("ชื่อแผนต้นแบบ"), max_length=300, strip=False)
    note = forms.CharField(
        label=_("คำชี้แจงถึงหน่วยงาน"),
        required=False,
        strip=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    everybody = forms.BooleanField(label=_("ส่งให้ทุกหน่วยงานในกำกับดูแล"), required=False)
    offices = forms.ModelMultipleChoiceField(
        label=_("หน่วยงานที่จะส่งให้"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["offices"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = self.supervised = organisation.supervised.all()

    def clean(self) -> dict[str, Any]:
        """Ask for an office where not all of them are meant."""
        data = super().clean() or self.cleaned_data
        if not data.get("everybody") and not data.get("offices") and "offices" not in self.errors:
            self.add_error("offices", gettext("โปรดเลือกหน่วยงานอย่างน้อยหนึ่งแห่ง"))
        return data

    def chosen(self) -> list[Organisation]:
        """Return the offices that were ticked, or all."""
        typed = self.cleaned_data
        return list(self.supervised if typed["everybody"] else typed["offices"])


class DeclineForm(forms.Form):
    """Why a template is not taken; its office reads this."""

    reason = forms.CharField(
        label=_("เหตุผลที่ไม่รับ"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _offer(form: forms.Form, name: str, keys: Sequence[int]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.TypedMultipleChoiceField)
    field.choices = [(key, str(key)) for key in keys]


def title_of_template(organisation: Organisation, fiscal_year: int) -> str:
    """Return the name that a template starts with."""
    return str(_("แผนต้นแบบปีงบประมาณ พ.ศ. %(year)s ของ%(office)s")) % {
        "year": fiscal_year,
        "office": organisation.name,
    }
