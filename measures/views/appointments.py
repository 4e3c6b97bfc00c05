"""Appointing, orders to act, and ending: forms for who administers and who enters orders."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures import permissions
from measures.domain.staffing import appointments
from measures.forms.people import ActingOrderForm, AppointmentForm, EndForm
from measures.models import PostHolding
from measures.views.access import DeskRequest, desk_page, own_organisation
from measures.views.people_pages import FormPage, asked_for, form_page


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def appoint(request: DeskRequest) -> HttpResponse:
    """Put a person of the office into a post."""
    organisation = own_organisation(request)
    permissions.can_administer(request.user, organisation).or_raise()
    form = AppointmentForm(
        request.POST or None,
        organisation=organisation,
        people=appointments.people_of(organisation),
        initial={"starts_on": timezone.localdate(), **asked_for(request, "post", "user")},
    )
    page = FormPage(
        heading=_("ให้ดำรงตำแหน่ง"),
        lead=_("สำหรับผู้ที่มีบัญชีในหน่วยงานนี้แล้ว ผู้ที่ยังไม่มีบัญชีให้ส่งคำเชิญ"),
        button=_("ให้ดำรงตำแหน่ง"),
        done=_("บันทึกการดำรงตำแหน่งแล้ว"),
    )

    def act(typed: dict[str, Any]) -> PostHolding:
        return appointments.appoint(typed.pop("post"), typed.pop("user"), by=request.user, **typed)

    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def order_acting(request: DeskRequest) -> HttpResponse:
    """Enter an order to act in a post, with the order as a file."""
    organisation = own_organisation(request)
    permissions.can_order_acting(request.user, organisation).or_raise()
    form = ActingOrderForm(
        request.POST or None,
        request.FILES or None,
        organisation=organisation,
        people=appointments.people_of(organisation),
        initial=asked_for(request, "post", "user"),
    )
    page = FormPage(
        heading=_("บันทึกคำสั่งรักษาการ"),
        lead=_("บันทึกครั้งเดียว ระบบใช้ทุกเอกสารที่ลงนามในช่วงวันของคำสั่ง"),
        button=_("บันทึกคำสั่ง"),
        done=_("บันทึกคำสั่งรักษาการแล้ว"),
    )

    def act(typed: dict[str, Any]) -> PostHolding:
        return appointments.order_acting(
            typed.pop("post"), typed.pop("user"), by=request.user, **typed
        )

    return form_page(request, form, page, act)


def _own_holding(request: DeskRequest, pk: int) -> PostHolding:
    visible = PostHolding.objects.visible_to(request.user).select_related(
        "post__organisation", "user", "substantive_post"
    )
    return get_object_or_404(visible, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def end(request: DeskRequest, pk: int) -> HttpResponse:
    """End a holding on a day."""
    holding = _own_holding(request, pk)
    appointments.may_end(request.user, holding).or_raise()
    form = EndForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    page = FormPage(
        heading=_("สิ้นสุดการดำรงตำแหน่ง"),
        lead=str(holding),
        button=_("บันทึกวันสิ้นสุด"),
        done=_("บันทึกวันสิ้นสุดแล้ว"),
        is_grave=True,
    )
    return form_page(
        request,
        form,
        page,
        lambda typed: appointments.end_holding(holding, by=request.user, **typed),
    )


@require_safe
@desk_page
def order_file(request: DeskRequest, pk: int) -> FileResponse:
    """Serve the order behind an acting holding to its own office."""
    holding = _own_holding(request, pk)
    if not holding.order_file:
        raise Http404
    response = FileResponse(holding.order_file.open("rb"), content_type="application/pdf")
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
