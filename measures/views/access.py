"""Who gets through the door of the desk, and what happens to those who do not."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from measures.domain.errors import Invalid, Locked, Stale
from measures.models import User
from measures.permissions import NotAllowed
from measures.views import kept_texts

Arguments = ParamSpec("Arguments")


class DeskRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User


DeskView = Callable[Concatenate[DeskRequest, Arguments], HttpResponseBase]


def desk_page(
    view: DeskView[Arguments],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Let signed-in people through; show a refusal as a page that gives the reason.

    Somebody whose session has run out while typing is sent to sign in, and finds the text again
    on the page they come back to.
    """

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST":
                kept_texts.keep(request)
                messages.warning(
                    request,
                    _("หมดเวลาการใช้งาน โปรดเข้าสู่ระบบอีกครั้ง ข้อความที่พิมพ์ไว้ยังอยู่และจะแสดงให้บันทึกต่อ"),
                )
            return redirect_to_login(kept_texts.page_of(request))
        desk_request: DeskRequest = request  # type: ignore[assignment]
        try:
            return view(desk_request, *args, **kwargs)
        except NotAllowed as refusal:
            context = {"reason": str(refusal), "typed": kept_texts.typed_in(request)}
            return render(request, "errors/refused.html", context, status=403)

    guarded.audience = "signed_in"  # type: ignore[attr-defined]  # read by the URL test
    return guarded


def told_errors(request: HttpRequest, form: Form, *, back: str) -> HttpResponse:
    """Say what is wrong with a small form of a page, and go back to that page."""
    for name, problems in form.errors.get_json_data().items():
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        messages.error(request, label + " ".join(problem["message"] for problem in problems))
    return redirect(back)


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
