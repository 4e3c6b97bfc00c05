"""Who gets through the door of the desk, and what happens to those who do not."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from measures.domain.errors import Invalid, Locked, Stale
from measures.domain.staffing import second_factors
from measures.models import Organisation, User
from measures.models.organisations import organisation_of
from measures.permissions import NotAllowed
from measures.views import kept_texts

Arguments = ParamSpec("Arguments")


class DeskRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User
    # From when a second factor will be required that this person has not set up yet.
    second_factor_due: datetime.date | None


DeskView = Callable[Concatenate[DeskRequest, Arguments], HttpResponseBase]


def desk_page(
    view: DeskView[Arguments],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Let signed-in people through; show a refusal as a page that gives the reason.

    Somebody whose session has run out while typing is sent to sign in, and finds the text again
    on the page they come back to. A script that asks for a part of the page is told so with 401.
    """

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if is_part_of_a_page(request):
                return render(request, "desk/signed_out.html", status=401)
            if request.method == "POST":
                kept_texts.keep(request)
                messages.warning(
                    request,
                    _("หมดเวลาการใช้งาน โปรดเข้าสู่ระบบอีกครั้ง ข้อความที่พิมพ์ไว้ยังอยู่และจะแสดงให้บันทึกต่อ"),
                )
            return redirect_to_login(kept_texts.page_of(request))
        desk_request: DeskRequest = request  # type: ignore[assignment]
        desk_request.second_factor_due = second_factors.lacking_from(desk_request.user)
        if second_factors.has_come(desk_request.second_factor_due):
            if is_part_of_a_page(request):
                return render(request, "desk/signed_out.html", status=401)
            return led_to_second_factor(request)
        try:
            return view(desk_request, *args, **kwargs)
        except NotAllowed as refusal:
            if is_part_of_a_page(request):
                return render(request, "desk/refused.html", {"reason": str(refusal)}, status=403)
            context = {"reason": str(refusal), "typed": kept_texts.typed_in(request)}
            return render(request, "errors/refused.html", context, status=403)

    guarded.audience = "signed_in"  # type: ignore[attr-defined]  # read by the URL test
    return guarded


def own_organisation(request: DeskRequest) -> Organisation:
    """Return the office in which the person holds a post today, or answer 404."""
    organisation = organisation_of(request.user)
    if organisation is None:
        raise Http404
    return organisation


def is_part_of_a_page(request: HttpRequest) -> bool:
    """Return whether htmx asks for a part of the page that is open: it must get no whole page."""
    return request.headers.get("HX-Request") == "true"


def told_errors(request: HttpRequest, form: Form, *, back: str) -> HttpResponse:
    """Say what is wrong with a small form of a page, and go back to that page."""
    for name, problems in form.errors.get_json_data().items():
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        messages.error(request, label + " ".join(problem["message"] for problem in problems))
    return redirect(back)


def led_to_second_factor(request: HttpRequest) -> HttpResponse:
    """Send somebody who needs a second factor to set it up, and say why; texts typed are kept."""
    if request.method == "POST":
        kept_texts.keep(request)
    messages.warning(
        request,
        _(
            "หน่วยงานกำหนดให้ผู้ลงนามและผู้ดูแลบัญชียืนยันตัวตนสองขั้น โปรดตั้งค่าให้เสร็จก่อนทำงานต่อ "
            "ข้อความที่พิมพ์ไว้ยังอยู่และจะแสดงให้บันทึกต่อ"
        ),
    )
    return redirect("mfa_activate_totp")


def attempt(
    request: HttpRequest, action: Callable[[], object], *, success: str, back: str
) -> HttpResponse:
    """Run one verb, say how it went, and go back to ``back``.

    What the state of things forbids is told on the page one came from; what the person is not
    allowed at all goes on as NotAllowed to the door.
    """
    try:
        action()
    except (Invalid, Locked, Stale) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, success)
    return redirect(back)
