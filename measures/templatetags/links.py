"""What is said beside a link that does not open."""

from typing import Any

from django import template
from django.template import Context

register = template.Library()


@register.inclusion_tag("components/dead_link.html", takes_context=True)
def dead_link(context: Context, url: str) -> dict[str, Any]:
    """Say since when ``url`` does not open; nothing where it does, or was never asked.

    Reads ``dead_links`` of the page (``domain.filing.links.dead_links_of``); a page without it says
    nothing of any link.
    """
    dead_links = context.get("dead_links") or {}
    return {"link": dead_links.get(url)}
