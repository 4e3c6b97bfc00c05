"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from measures.models import User
from measures.notifications import inbox_of


def portal(request: HttpRequest) -> dict[str, object]:
    """Return whether this install is a demo, so that each page says so; and what is unread.

    The count is asked for by the pages that show it, once.
    """
    return {
        "is_demo": settings.DEMO_MODE,
        "unread_notices": SimpleLazyObject(lambda: _unread_notices(request)),
    }


def _unread_notices(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return inbox_of(user).unread().count() if isinstance(user, User) else 0
