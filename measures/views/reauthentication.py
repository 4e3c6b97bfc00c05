"""Asking for the password or the second factor again before what cannot be taken back."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from measures.views import kept_texts
from measures.views.access import DeskRequest

Arguments = ParamSpec("Arguments")


def is_recent(request: DeskRequest) -> bool:
    """Return whether who asks has shown password or second factor within the office's limit.

    Signing in counts: the records are those that django-allauth keeps in the session. Its own
    question counts only what was shown after signing in.
    """
    records = get_authentication_records(request, request.user)
    latest = max((record["at"] for record in records), default=0)
    return bool(time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def freshly_checked(
    view: Callable[Concatenate[DeskRequest, Arguments], HttpResponseBase],
) -> Callable[Concatenate[DeskRequest, Arguments], HttpResponseBase]:
    """Let a POST through only where the last check is recent; stands under ``desk_page``.

    Others are led to show it again. What they typed is kept and offered on the page they come
    back to; nothing is signed until they press there once more.
    """

    @wraps(view)
    def guarded(
        request: DeskRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if request.method != "POST" or is_recent(request):
            return view(request, *args, **kwargs)
        kept_texts.keep(request)
        messages.warning(
            request,
            _(
                "ยังไม่ได้ลงนาม: เกิน %(minutes)s นาทีแล้วตั้งแต่ยืนยันตัวตนครั้งล่าสุด "
                "เมื่อยืนยันแล้วข้อความที่พิมพ์ไว้ยังอยู่ โปรดกดอีกครั้ง"
            )
            % {"minutes": settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60},
        )
        ways = get_adapter(request).get_reauthentication_methods(request.user)
        address = ways[0]["url"] if ways else reverse("account_reauthenticate")
        return redirect(f"{address}?{urlencode({'next': kept_texts.page_of(request)})}")

    return guarded
