"""The people of the office: the list with its warnings, each person, the account."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures import permissions
from measures.domain.staffing import accounts, people, second_factors
from measures.forms.people import LostFactorForm, SecondFactorForm
from measures.models import Organisation, User
from measures.views.access import DeskRequest, attempt, desk_page, own_organisation, told_errors


@require_safe
@desk_page
def index(request: DeskRequest) -> HttpResponse:
    """Show who is in which post; to those who keep them also warnings, invitations and forms."""
    organisation = own_organisation(request)
    context = {
        "organisation": organisation,
        "people": people.people_of(organisation),
        "may_administer": permissions.can_administer(request.user, organisation),
        "may_order": permissions.can_order_acting(request.user, organisation),
        "today": timezone.localdate(),
        "now": timezone.now(),
        "mfa_form": SecondFactorForm(initial={"mfa_required_from": organisation.mfa_required_from}),
    }
    return render(request, "desk/people/index.html", context)


def _own_person(request: DeskRequest, pk: int) -> tuple[User, Organisation]:
    """Return somebody of an office that one may see, and that office, or answer 404."""
    offices = Organisation.objects.visible_to(request.user).filter(posts__holdings__user=pk)
    organisation = get_object_or_404(offices.distinct()[:1])
    return get_object_or_404(User, pk=pk), organisation


def _address(person: User) -> str:
    return reverse("desk:person", args=[person.pk])


@require_safe
@desk_page
def person(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one person to themselves and to who administers: posts, account, second factor."""
    shown, organisation = _own_person(request, pk)
    may_administer = permissions.can_administer(request.user, organisation)
    if shown != request.user:
        may_administer.or_raise()
    context = {
        "organisation": organisation,
        "state": people.person_in(organisation, shown),
        "may_administer": may_administer,
        "is_self": shown == request.user,
        "reset_form": LostFactorForm(),
        "today": timezone.localdate(),
    }
    return render(request, "desk/people/person.html", context)


@require_POST
@desk_page
def switch_off(request: DeskRequest, pk: int) -> HttpResponse:
    """Let nobody sign in with this account any more."""
    shown, organisation = _own_person(request, pk)
    return attempt(
        request,
        lambda: accounts.switch_off(shown, organisation, by=request.user),
        success=_("ระงับบัญชีแล้ว"),
        back=_address(shown),
    )


@require_POST
@desk_page
def switch_on(request: DeskRequest, pk: int) -> HttpResponse:
    """Let the person sign in again."""
    shown, organisation = _own_person(request, pk)
    return attempt(
        request,
        lambda: accounts.switch_on(shown, organisation, by=request.user),
        success=_("เปิดใช้บัญชีแล้ว"),
        back=_address(shown),
    )


@require_POST
@desk_page
def reset_second_factor(request: DeskRequest, pk: int) -> HttpResponse:
    """Take away a second factor that its owner has lost, with a reason."""
    shown, organisation = _own_person(request, pk)
    reason = request.POST.get("reason", "")
    return attempt(
        request,
        lambda: second_factors.reset(shown, organisation, by=request.user, reason=reason),
        success=_("ล้างการยืนยันตัวตนสองขั้นแล้ว และแจ้งเจ้าของบัญชีทางอีเมล"),
        back=_address(shown),
    )


@require_POST
@desk_page
def require_second_factor(request: DeskRequest) -> HttpResponse:
    """Set the day from which signers and administrators prove themselves twice."""
    organisation = own_organisation(request)
    permissions.can_administer(request.user, organisation).or_raise()
    form = SecondFactorForm(request.POST)
    if not form.is_valid():
        return told_errors(request, form, back=reverse("desk:people"))
    day = form.cleaned_data["mfa_required_from"]
    return attempt(
        request,
        lambda: second_factors.require_from(organisation, day=day, by=request.user),
        success=_("บันทึกวันที่บังคับยืนยันตัวตนสองขั้นแล้ว"),
        back=reverse("desk:people"),
    )
