"""The guidance that an office shows beside the fields of an entry."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures import permissions
from measures.domain.errors import Invalid
from measures.domain.recording import guidance
from measures.forms.guidance import GuidanceForm
from measures.models import EntryField, Guidance
from measures.views.access import DeskRequest, desk_page, own_organisation


@dataclass(frozen=True)
class Section:
    """One field with its form, and whether the office has written its own."""

    field: EntryField
    form: GuidanceForm
    is_own: bool


def _section(field: EntryField, shown: Guidance | None, form: GuidanceForm | None) -> Section:
    initial = {"text": shown.text, "example": shown.example} if shown else {}
    return Section(
        field,
        form or GuidanceForm(initial=initial, prefix=field.value),
        is_own=shown is not None and shown.organisation_id is not None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def edit(request: DeskRequest) -> HttpResponse:
    """Show the guidance of every field, or store that of one; both empty takes the own away."""
    organisation = own_organisation(request)
    permissions.can_coordinate(request.user, organisation).or_raise()
    posted: dict[str, GuidanceForm] = {}
    if request.method == "POST" and request.POST.get("field") in EntryField.values:
        field = EntryField(request.POST["field"])
        form = posted[field] = GuidanceForm(request.POST, prefix=field.value)
        if form.is_valid():
            try:
                guidance.save_own(organisation, field, by=request.user, **form.cleaned_data)
            except Invalid as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("บันทึกคำแนะนำของช่อง “%(field)s” แล้ว") % {"field": field.label}
                )
                return redirect("desk:guidance")
    shown = guidance.guidance_for(organisation)
    context = {
        "organisation": organisation,
        "sections": [_section(field, shown.get(field), posted.get(field)) for field in EntryField],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/guidance.html", context, status=status)
