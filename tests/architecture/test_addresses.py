"""Every address is declared for somebody; a new one without a declaration fails here."""

import inspect
import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from measures.models.slugs import RESERVED_SLUGS
from measures.urls import desk, public
from reports import urls as paper

PUBLIC = {
    "public:home",
    "public:healthz",
    "public:readyz",
    "public:invitation",
    "public:organisation",
    "public:document",
    "public:pdf",
    "public:archive",
    "public:evidence",
    "public:year",
    "public:measure",
    "public:oit",
    "verify:index",
    "verify:publication",
    "review:draft",
    "review:pdf",
    "review:evidence",
}
# allauth asks for sign-in itself where its own page needs it.
SIGN_IN = ("account_", "mfa_")
BACK_OFFICE = "admin:"
SIGNED_IN = ("desk:", "paper:")


def walk(
    resolver: URLResolver, prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Yield the name (with namespace), the path and the pattern of every address."""
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            inner = f"{namespace}{part.namespace}:" if part.namespace else namespace
            yield from walk(part, path, inner)
        else:
            yield f"{namespace}{part.name}", path, part


ADDRESSES = list(walk(get_resolver()))


def audience_of(view: object) -> str | None:
    """Return what ``desk_page`` noted on the view, or on the one inside its other guards."""
    while view is not None:
        if hasattr(view, "audience"):
            return view.audience
        view = getattr(view, "__wrapped__", None)
    return None


def test_every_address_is_declared_for_somebody():
    undeclared = [
        (name, path)
        for name, path, _pattern in ADDRESSES
        if name not in PUBLIC and not name.startswith((*SIGN_IN, BACK_OFFICE, *SIGNED_IN))
    ]

    assert undeclared == []


def test_every_public_address_is_meant_to_be_public():
    found = {
        name
        for name, _path, _pattern in ADDRESSES
        if name.startswith(("public:", "verify:", "review:"))
    }

    assert found == PUBLIC


def test_every_page_of_the_desk_asks_for_sign_in():
    found = {
        name: audience_of(pattern.callback)
        for name, _path, pattern in ADDRESSES
        if name.startswith(SIGNED_IN)
    }

    assert len(found) == len(desk.urlpatterns) + len(paper.urlpatterns)
    assert set(found.values()) == {"signed_in"}


def test_no_public_page_asks_for_sign_in():
    found = {audience_of(pattern.callback) for name, _path, pattern in ADDRESSES if name in PUBLIC}

    assert found == {None}


def test_desk_addresses_stand_under_desk_and_nothing_else_does():
    under = {name for name, path, _pattern in ADDRESSES if path.startswith("desk/")}

    assert under == {name for name, _path, _pattern in ADDRESSES if name.startswith(SIGNED_IN)}


def test_the_back_office_stands_under_admin():
    assert {path.startswith("admin/") for name, path, _p in ADDRESSES if is_back_office(name)} == {
        True
    }


def is_back_office(name: str) -> bool:
    return name.startswith(BACK_OFFICE)


def concrete(path: str) -> str:
    """Return an address that fits a pattern of the back office."""
    path = re.sub(r"\^?\(\?P<app_label>[^)]*\)", "measures", path)
    path = re.sub(r"\(\?P<url>[^)]*\)", "anything/", path)
    return "/" + re.sub(r"<[^>]+>", "1", path).replace("$", "").replace("^", "")


@pytest.mark.django_db
def test_the_back_office_sends_strangers_to_sign_in(client):
    """Signing in and out are the only doors that open to a stranger."""
    answers = {
        concrete(path): client.get(concrete(path))
        for name, path, _pattern in ADDRESSES
        if is_back_office(name) and name not in {"admin:login", "admin:logout"}
    }

    assert len(answers) > 50
    assert {
        path: answer.status_code
        for path, answer in answers.items()
        if answer.status_code != 302 or "/login/?next=" not in answer["Location"]
    } == {}


def test_each_name_stands_for_one_address():
    names = [name for name, _path, _pattern in ADDRESSES if not name.endswith("None")]

    assert [name for name in names if names.count(name) > 1] == []


def test_every_word_at_the_root_is_reserved():
    """A slug that is also one of our words would hide an organisation, or be hidden by it."""
    firsts = {path.split("/")[0] for _name, path, _pattern in ADDRESSES}
    words = {first for first in firsts if first and "<" not in first}

    assert words - RESERVED_SLUGS == set()


def test_addresses_with_slugs_stand_last():
    """Django takes the first pattern that fits: ``<slug>/`` before ``desk/`` would swallow it."""
    root = get_resolver().url_patterns

    assert root[-1].url_patterns == public.urlpatterns
    assert [str(part.pattern) for part in root].count("") == 1


def test_the_site_speaks_no_address_of_the_media_folder():
    paths = [path for _name, path, _pattern in ADDRESSES]

    assert [path for path in paths if "media" in path] == []


def test_the_mark_of_the_desk_survives_other_decorators():
    """Guards for methods stand outside ``desk_page``; the walk must see through them."""
    views = [pattern.callback for name, _p, pattern in ADDRESSES if name.startswith(SIGNED_IN)]

    assert all(inspect.unwrap(view) is not view for view in views)
