"""The site behind /admin/: who enters, and through which doors one signs in and out.

Not in ``measures.admin``: importing that package registers the records, which needs this class.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from unfold.sites import UnfoldAdminSite

from measures.domain.staffing import second_factors
from measures.models import User
from measures.views.access import led_to_second_factor

REASON_KEPT_OUT = gettext_lazy(
    "ระบบหลังบ้านเปิดเฉพาะผู้ดูแลระบบและผู้ที่ดำรงตำแหน่งประสานแผนและรวบรวมรายงานในวันนี้ "
    "งานประจำวันทำได้ที่หน้า “งานของฉัน”"
)


class BackOfficeSite(UnfoldAdminSite):  # type: ignore[misc]  # untyped package
    """Django's admin for coordinators and the administrator of the install.

    Staff flags and permission rows of Django are not asked: duties hang on posts.
    """

    index_title = gettext_lazy("ข้อมูลทั้งหมดของหน่วยงาน")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: "type[ModelAdmin[Any]] | None" = None,
        **options: Any,
    ) -> None:
        """Take the portal's own records only.

        Packages bring pages of their own (groups, secrets of the second factor) that know nothing
        of scope and verbs.
        """
        given = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        own = [model for model in given if model._meta.app_label == "measures"]
        super().register(own, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may enter, and has the second factor if one is needed."""
        user = request.user
        return (
            self._is_open_to(request)
            and isinstance(user, User)
            and not second_factors.shuts_out(user)
        )

    def _is_open_to(self, request: HttpRequest) -> bool:
        """Return whether this person is the administrator or coordinates some office today."""
        user = request.user
        return (
            isinstance(user, User)
            and user.is_active
            and (
                user.is_superuser
                or any(holding.post.coordinates for holding in user.holdings_today())
            )
        )

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send strangers to the portal's own sign-in, with its rate limits and second factor.

        People who are signed in but may not enter get 403 with the reason; those who lack the
        second factor that their office requires are led to set it up.
        """
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if self._is_open_to(request):
            return led_to_second_factor(request)
        if request.user.is_authenticated:
            raise PermissionDenied(str(REASON_KEPT_OUT))
        return redirect_to_login(
            request.GET.get("next", reverse("admin:index")), reverse("account_login")
        )

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """Sign out and show the public home."""
        return LogoutView.as_view(next_page="/")(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Use the portal's own page, which asks for the second factor again."""
        return redirect("account_change_password")
