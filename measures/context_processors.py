"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from measures.models import User
from measures.notifications import inbox_of


def portal(request: HttpRequest) -> dict[str, object]:
    """Return whether this install is a demo, so that each page says so; what is unread; duties.

    The latter two are asked for by the pages that show them, once.
    """
    return {
        "is_demo": settings.DEMO_MODE,
        "unread_notices": SimpleLazyObject(lambda: _unread_notices(request)),
        "coordinates": SimpleLazyObject(lambda: _coordinates(request)),
    }


def _coordinates(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return isinstance(user, User) and (
        user.is_superuser or any(holding.post.coordinates for holding in user.holdings_today())
    )


def _unread_notices(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return inbox_of(user).unread().count() if isinstance(user, User) else 0
