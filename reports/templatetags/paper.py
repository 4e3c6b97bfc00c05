"""The filters of the paper templates."""

from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString

from reports.rendering.paper_text import paper_text

LONGEST_IN_TEXT = 45  # display characters kept on one line of running text

register = template.Library()


@register.filter
def on_paper(text: str, longest: int = LONGEST_IN_TEXT) -> SafeString:
    """Return text as it is printed: ``{{ subject|on_paper }}``, in columns ``|on_paper:12``."""
    return paper_text(text, longest=longest)


@register.filter
def as_qr(text: str) -> str:
    """Return the address of the QR code of a text, for ``<img src>`` (``rendering.fetching``)."""
    return f"qr:{quote(text, safe='')}"
