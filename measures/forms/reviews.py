"""For whom a review link is, and until when."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.forms.dates import ThaiDateField
from measures.models import ReviewLink

USUAL_DAYS = 30


class ReviewLinkForm(forms.Form):
    """The reader and the last day; the link works through that day."""

    reviewer = forms.CharField(
        label=_("ให้ผู้ใดอ่าน"),
        max_length=300,
        help_text=str(ReviewLink._meta.get_field("reviewer").help_text),
    )
    expires_on = ThaiDateField(label=_("ใช้ได้ถึงวันที่"), help_text=_("ไม่เกิน 90 วัน"))

    def __init__(self, typed: Any = None) -> None:
        day = timezone.localdate() + datetime.timedelta(days=USUAL_DAYS)
        super().__init__(typed, initial={"expires_on": day})

    def expires_at(self) -> datetime.datetime:
        """Return the last moment of the last day."""
        last = datetime.time(23, 59, 59)
        return timezone.make_aware(datetime.datetime.combine(self.cleaned_data["expires_on"], last))
