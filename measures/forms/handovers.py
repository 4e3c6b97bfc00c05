"""To whom a post is handed over, and from which day on."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.domain.staffing import handovers
from measures.forms.dates import ThaiDateField
from measures.models import PostHolding, User


class HandoverForm(forms.Form):
    """The receiver and the day; the holding is that of the page."""

    holding = forms.IntegerField(widget=forms.HiddenInput)
    to_user = forms.ModelChoiceField(
        label=_("ผู้รับมอบ"),
        queryset=User.objects.none(),
        empty_label=_("โปรดเลือก"),
        help_text=_("ผู้ที่ยังไม่มีบัญชีในหน่วยงาน ต้องเชิญเป็นผู้ใช้งานก่อน"),
    )
    takes_effect_on = ThaiDateField(
        label=_("ผู้รับมอบดำรงตำแหน่งตั้งแต่วันที่"),
        help_text=_("ผู้ส่งมอบพ้นจากตำแหน่งในวันก่อนหน้า"),
    )

    def __init__(self, typed: object = None, *, of: PostHolding, today: datetime.date) -> None:
        super().__init__(
            typed,  # type: ignore[arg-type]
            initial={"holding": of.pk, "takes_effect_on": today + datetime.timedelta(days=1)},
        )
        people = [person.pk for person in handovers.receivers(of)]
        chosen = self.fields["to_user"]
        chosen.queryset = User.objects.filter(pk__in=people).order_by(  # type: ignore[attr-defined]
            "first_name", "last_name", "pk"
        )
