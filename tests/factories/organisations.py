"""Organisations, divisions and posts of fictional offices; every argument can be overridden."""

import itertools
from typing import Any

from measures.models import Division, Organisation, OrganisationKind, Post

_numbers = itertools.count(1)
# Names count in letters: a number such as 2499 would be read as a year.
_LETTERS = str.maketrans("0123456789", "กขคงจชดตนป")


def make_organisation(**changes: Any) -> Organisation:
    """Return a saved organisation; name and slug are new at every call."""
    number = next(_numbers)
    name = str(number).translate(_LETTERS)
    values: dict[str, Any] = {
        "slug": f"sommut-{number}",
        "name": f"องค์การบริหารส่วนตำบลสมมติ{name}",
        "short_name": f"อบต.สมมติ{name}",
        "kind": OrganisationKind.TAMBON,
        "tambon": "สมมตินา",
        "amphoe": "สมมติเมือง",
        "changwat": "สมมติธานี",
        "document_prefix": "สม 76801",
        "phone": "0 4200 0000",
        "website": "https://example.go.th",
    }
    return Organisation.objects.create(**values | changes)


def make_division(organisation: Organisation, name: str = "สำนักปลัด", **changes: Any) -> Division:
    """Return a saved division (or, with ``parent``, a sub-unit)."""
    return Division.objects.create(organisation=organisation, name=name, **changes)


def make_post(
    organisation: Organisation, title: str = "นักวิเคราะห์นโยบายและแผน", **changes: Any
) -> Post:
    """Return a saved post that nobody holds yet."""
    return Post.objects.create(organisation=organisation, title=title, **changes)
