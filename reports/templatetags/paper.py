"""The filter of the paper templates."""

from django import template
from django.utils.safestring import SafeString

from reports.rendering.paper_text import paper_text

LONGEST_IN_TEXT = 45  # display characters kept on one line of running text

register = template.Library()


@register.filter
def on_paper(text: str, longest: int = LONGEST_IN_TEXT) -> SafeString:
    """Return text as it is printed: ``{{ subject|on_paper }}``, in columns ``|on_paper:12``."""
    return paper_text(text, longest=longest)
