"""Where the link of an invitation leads: outside the desk, for people without an account."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from measures.domain.errors import Invalid
from measures.domain.staffing import invitations
from measures.forms.people import AnswerForm
from measures.models import Invitation, User


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Let who has the link choose a name and password, or answer with an account they have.

    As many tries a minute as at signing in. A link that opens nothing gets one plain page, which
    does not tell whether it was ever good.
    """
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="invitation")
    if limited is not None:
        return limited
    person = request.user if isinstance(request.user, User) else None
    if person is not None and invitations.answered_by(secret, person):
        return redirect("desk:start")
    try:
        invitation = invitations.of_secret(secret)
        if person is not None:
            return _answer_as(request, secret, invitation, person)
        return _answer_new(request, secret, invitation)
    except invitations.DeadLink as refusal:
        context = {"reason": str(refusal)}
        return render(request, "public/invitation_dead.html", context, status=404)


def _answer_as(
    request: HttpRequest, secret: str, invitation: Invitation, person: User
) -> HttpResponse:
    """Put the person who is signed in into the post, once they have pressed the button."""
    refused = ""
    if request.method == "POST":
        try:
            invitations.accept_as(secret, person)
        except invitations.DeadLink:
            raise
        except Invalid as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("ตอบรับคำเชิญแล้ว"))
            return redirect("desk:start")
    context = {"invitation": invitation, "person": person, "refused": refused}
    status = 422 if refused else 200
    return render(request, "public/invitation_as.html", context, status=status)


def _answer_new(request: HttpRequest, secret: str, invitation: Invitation) -> HttpResponse:
    """Make the account; or lead to signing in where the address has one."""
    if invitations.has_account(invitation):
        sign_in = f"{reverse('account_login')}?next={request.path}"
        context = {"invitation": invitation, "sign_in": sign_in}
        return render(request, "public/invitation_sign_in.html", context)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.accept(
                secret,
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
            )
        except invitations.DeadLink:
            raise
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("สร้างบัญชีแล้ว โปรดเข้าสู่ระบบด้วยชื่อผู้ใช้และรหัสผ่านที่ตั้งไว้"))
            return redirect("account_login")
    context = {"invitation": invitation, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "public/invitation.html", context, status=status)
