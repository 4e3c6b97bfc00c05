"""Text typed into a session that had run out: kept until the person has signed in again."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

SESSION_KEY = "kept_texts"
# Strangers can post too; what they leave behind must stay small.
MOST_CHARACTERS = 200_000
NEVER_KEPT = ("csrfmiddlewaretoken", "seen")
TICKS = ","  # between the values of boxes that share a name
NO_TEXTS = (*NEVER_KEPT, "version", "status", "dated", "opens_on", "due_on")


def page_of(request: HttpRequest) -> str:
    """Return the path of the page on which the form stood (this path, for a plain visit)."""
    if request.method != "POST":
        return request.get_full_path()
    referrer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referrer, allowed_hosts={request.get_host()}):
        return urlsplit(referrer).path
    return request.path


def typed_in(request: HttpRequest) -> list[str]:
    """Return the texts of this POST, for a page that refuses them to show them once more."""
    return [str(value) for name, value in request.POST.items() if name not in NO_TEXTS and value]


def keep(request: HttpRequest) -> None:
    """Keep the texts of this POST for the page its form stood on; ticks of one name as a list."""
    texts = {
        name: TICKS.join(values)
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT and any(values)
    }
    if texts and sum(map(len, texts.values())) <= MOST_CHARACTERS:
        request.session[SESSION_KEY] = {"page": page_of(request), "texts": texts}


def take(request: HttpRequest) -> dict[str, str]:
    """Return and forget the texts kept for the page of this request."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["page"] != request.path:
        return {}
    del request.session[SESSION_KEY]
    return dict(kept["texts"])
