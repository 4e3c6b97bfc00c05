"""Inviting people: the form, the link once more, taking it back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures import permissions
from measures.domain.staffing import invitations
from measures.forms.people import InvitationForm
from measures.models import Invitation
from measures.views.access import DeskRequest, attempt, desk_page, own_organisation
from measures.views.people_pages import FormPage, asked_for, form_page


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def invite(request: DeskRequest) -> HttpResponse:
    """Invite a person to an account and a post."""
    organisation = own_organisation(request)
    permissions.can_administer(request.user, organisation).or_raise()
    form = InvitationForm(
        request.POST or None,
        organisation=organisation,
        initial={"starts_on": timezone.localdate(), **asked_for(request, "post")},
    )
    page = FormPage(
        heading=_("เชิญผู้ใช้งาน"),
        lead=_("ผู้รับคำเชิญตั้งชื่อผู้ใช้และรหัสผ่านเอง หรือตอบรับด้วยบัญชีที่มีอยู่แล้ว"),
        button=_("ส่งคำเชิญ"),
        done=_("ส่งคำเชิญแล้ว"),
    )

    def act(typed: dict[str, Any]) -> Invitation:
        return invitations.invite(typed.pop("post"), by=request.user, **typed)

    return form_page(request, form, page, act)


def _own_invitation(request: DeskRequest, pk: int) -> Invitation:
    visible = Invitation.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(visible, pk=pk)


@require_POST
@desk_page
def renew(request: DeskRequest, pk: int) -> HttpResponse:
    """Send a new link; the one before becomes useless."""
    invitation = _own_invitation(request, pk)
    return attempt(
        request,
        lambda: invitations.renew(invitation, by=request.user),
        success=_("ส่งลิงก์ใหม่แล้ว"),
        back=reverse("desk:people"),
    )


@require_POST
@desk_page
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = _own_invitation(request, pk)
    return attempt(
        request,
        lambda: invitations.withdraw(invitation, by=request.user),
        success=_("ถอนคำเชิญแล้ว"),
        back=reverse("desk:people"),
    )
