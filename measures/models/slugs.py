"""The words that organisations cannot take: they stand at the root of the site already."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# A test walks the URL list and holds this set against it.
RESERVED_SLUGS = frozenset(
    [
        "accounts",
        "admin",
        "api",
        "desk",
        "documents",
        "favicon.ico",
        "healthz",
        "media",
        "open-data",
        "readyz",
        "reports",
        "review",
        "robots.txt",
        "sitemap.xml",
        "static",
        "verify",
    ]
)


def refuse_reserved_slug(slug: str) -> None:
    """Raise ValidationError where the portal itself uses this word."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("คำว่า %(slug)s เป็นที่อยู่ของระบบเอง โปรดใช้ชื่ออื่น"), params={"slug": slug}, code="reserved"
        )
