"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, bool]:
    """Return whether this install is a demo, so that each page says so."""
    return {"is_demo": settings.DEMO_MODE}
