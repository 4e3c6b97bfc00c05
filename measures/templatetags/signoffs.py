"""What signers said, beside the fields they speak of. The page gives ``comments``, by place."""

from typing import Any

from django import template
from django.template import Context

from measures.models import SignoffComment

register = template.Library()


def _shown(context: Context, places: tuple[str, ...], *, show_place: bool) -> dict[str, Any]:
    by_place: dict[str, list[SignoffComment]] = context.get("comments") or {}
    found = [comment for place in places for comment in by_place.get(place, [])]
    return {"comments": found, "show_place": show_place}


@register.inclusion_tag("desk/signoffs/_comments.html", takes_context=True)
def comments_beside(context: Context, *places: str) -> dict[str, Any]:
    """Show what was said of one place, or of several, each then with its name."""
    return _shown(context, places, show_place=len(places) > 1)


@register.inclusion_tag("desk/signoffs/_comments.html", takes_context=True)
def comments_elsewhere(context: Context, form: Any = None) -> dict[str, Any]:
    """Show what was said of places that are no field of this form (of any), with their names."""
    by_place = context.get("comments") or {}
    places = tuple(place for place in by_place if form is None or place not in form.fields)
    return _shown(context, places, show_place=True)
