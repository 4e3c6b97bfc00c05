"""The pages for what went wrong, in Thai, saying what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Parts of field names whose values are never written into a page.
NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "code")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 where the form's token is missing or stale; the texts typed are shown again.

    The form is offered once more with a fresh token, so that nothing typed is lost; but only
    where it was one of ours, or another site's form would be one press away from being obeyed.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(secret in name for secret in NEVER_SHOWN)
    ]
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    return render(request, "errors/csrf.html", {"typed": typed, "is_ours": is_ours}, status=403)
