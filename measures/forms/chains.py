"""The posts of a chain, one row each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import ChainPost, Post, SignRole
from measures.models.people import PostQuerySet

LAST_ORDER = 99  # a row without a number goes to the end


class ChainPostForm(forms.Form):
    """One post: its place, what it does there, and what happens while it is vacant.

    A row without a post says nothing; a row marked for removal is left out.
    """

    order = forms.IntegerField(label=_("ลำดับ"), min_value=1, max_value=LAST_ORDER, required=False)
    post = forms.ModelChoiceField(
        label=_("ตำแหน่ง"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("(ไม่มี)"),
    )
    role = forms.ChoiceField(label=_("หน้าที่"), choices=SignRole.choices, initial=SignRole.OPINION)
    caption = forms.CharField(label=_("หัวข้อช่องความเห็น"), max_length=200, required=False)
    is_skipped_when_vacant = forms.BooleanField(label=_("ข้ามเมื่อตำแหน่งว่าง"), required=False)
    is_removed = forms.BooleanField(label=_("นำออกจากสาย"), required=False)

    def __init__(self, *args: Any, posts: PostQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = posts


ChainFormSet = forms.formset_factory(ChainPostForm, extra=2, max_num=30, absolute_max=40)


def typed_chain(formset: "forms.BaseFormSet[ChainPostForm]") -> list[ChainPost]:
    """Return the chain of a valid formset by its numbers; rows with one number as they stand."""
    rows = [
        form.cleaned_data
        for form in formset.forms
        if form.cleaned_data.get("post") and not form.cleaned_data.get("is_removed")
    ]
    rows.sort(key=lambda row: row["order"] or LAST_ORDER)
    return [
        ChainPost(
            post=row["post"],
            role=row["role"],
            caption=row["caption"],
            is_skipped_when_vacant=row["is_skipped_when_vacant"],
        )
        for row in rows
    ]
