"""The pages for what went wrong, in Thai, saying what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 where the form's token is missing or stale; the texts typed are shown again.

    The form is offered once more with a fresh token, so that nothing typed is lost.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    return render(request, "errors/csrf.html", {"typed": typed}, status=403)
