"""What the pages about people share: whose office it is, and a page that is one form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render

from measures.domain.errors import Invalid
from measures.views.access import DeskRequest


@dataclass(frozen=True)
class FormPage:
    """What a page with one form says around it."""

    heading: str
    lead: str
    button: str
    done: str  # said once it is stored
    is_grave: bool = False


def form_page(
    request: DeskRequest, form: BaseForm, page: FormPage, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Show the form; where it is sent and stands, run ``act`` with its values and go to the list.

    What the verb refuses is said over the form, with everything typed still in it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, page.done)
            return redirect("desk:people")
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/people/form.html", {"form": form, "page": page}, status=status)


def asked_for(request: DeskRequest, *names: str) -> dict[str, str]:
    """Return what the link to the form says about its fields: ?post=3."""
    return {name: request.GET[name] for name in names if request.GET.get(name, "").isdecimal()}
