"""Loading the demo: frameworks, guidance, the administrator, and each office with its work."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ita_portal.thai.dates import buddhist_year
from measures.domain import records
from measures.domain.demo.offices import build_office, set_supervisor
from measures.domain.demo.work import Publish, do_work
from measures.domain.reminding import holidays
from measures.domain.scoring import shipped_frameworks
from measures.models import Guidance, Notice, Organisation, User

# Public on purpose: demo mode answers on loopback only.
PASSWORD = "Sommut-2569-demo"
ADMINISTRATOR = "admin"
FIRST_HOLIDAYS = 2563  # พ.ศ.; the calendar year in which the earliest round of the demo opens

Data = dict[str, Any]  # one office as in fixtures/demo/*.json


@dataclass(frozen=True)
class Account:
    """Someone to sign in as, and what they are."""

    username: str
    post: str
    organisation: str


def _folder(name: str) -> Path:
    return Path(settings.FIXTURE_DIRS[0]) / name


def _offices() -> list[Data]:
    return [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(_folder("demo").iterdir())
    ]


def is_loaded() -> bool:
    """Return whether a demo office is in the database already."""
    slugs = [data["organisation"]["slug"] for data in _offices()]
    return Organisation.objects.filter(slug__in=slugs).exists()


def accounts() -> list[Account]:
    """Return the demo accounts in the order of the offices, the administrator first."""
    found = [Account(ADMINISTRATOR, "ผู้ดูแลระบบ", "")]
    for data in _offices():
        for post in data["posts"]:
            if post["account"] in data["people"]:
                found.append(
                    Account(
                        f"{data['account']}.{post['account']}",
                        post["title"],
                        data["organisation"]["short_name"],
                    )
                )
    return found


@transaction.atomic
def load(publish: Publish) -> None:
    """Write the whole demo into the database, or nothing of it.

    ``publish`` draws and publishes an approved document; it is given because drawing is not this
    package's. Photographs and PDFs written to disk before a failure stay there, unused.
    """
    shipped_frameworks.load(shipped_frameworks.shipped_years())
    _load_guidance()
    holidays.load(range(FIRST_HOLIDAYS, buddhist_year(timezone.localdate()) + 2))
    administrator = _make_administrator()
    hashed_password = make_password(PASSWORD)  # once: hashing is slow by design
    files = {data["organisation"]["slug"]: data for data in _offices()}
    # All of them stand before one works, because a template reaches offices of other files.
    offices = {
        slug: build_office(data, hashed_password=hashed_password, by=administrator)
        for slug, data in files.items()
    }
    for slug, data in files.items():
        set_supervisor(data, offices[slug], offices, by=administrator)
    for slug, data in files.items():
        do_work(data, offices[slug], publish)
    for office in offices.values():
        # What was told in years past has been read, and is in no digest of today.
        Notice.objects.of_organisation(office.organisation).update(read_at=F("created_at"))
        # Given last, so that the approvals of years past send no mail today.
        for person in office.people.values():
            person.email = f"{person.username}@example.go.th"
            records.save(person, by=administrator)


def _load_guidance() -> None:
    """Load what the portal says beside each field, unless the install says something already."""
    if not Guidance.objects.filter(organisation=None).exists():
        call_command("loaddata", "guidance", verbosity=0)


def _make_administrator() -> User:
    existing = User.objects.filter(username=ADMINISTRATOR, is_superuser=True).first()
    if existing is not None:
        return existing
    return User.objects.create_superuser(
        ADMINISTRATOR,
        password=PASSWORD,
        title="นาย",
        first_name="ดูแล",
        last_name="สมมติระบบ",
    )
