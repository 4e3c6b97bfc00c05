"""Orders to act, and second factors, of the cast."""

import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile

from measures.domain.staffing import appointments
from measures.models import HoldingKind, PostHolding, User
from tests.factories.people import Office
from tests.factories.pictures import pdf

ORDER_NUMBER = "412/2564"


def order_upload(data: bytes | None = None) -> SimpleUploadedFile:
    """Return an order as a browser sends it."""
    return SimpleUploadedFile("order.pdf", data if data is not None else pdf())


def order_deputy(office: Office, **changes: Any) -> PostHolding:
    """Let the deputy act for the clerk by an order that the coordinator enters."""
    values: dict[str, Any] = {
        "kind": HoldingKind.ACTING_FOR,
        "substantive_post": office.deputy_post,
        "order_number": ORDER_NUMBER,
        "order_date": datetime.date(2021, 1, 4),
        "starts_on": datetime.date(2021, 1, 5),
        "file": order_upload(),
        "by": office.coordinator,
    }
    return appointments.order_acting(office.clerk_post, office.deputy, **values | changes)


def set_up_second_factor(user: User) -> None:
    """Give a person an app that shows codes, and recovery codes."""
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "0", "used_mask": 0}
    )
