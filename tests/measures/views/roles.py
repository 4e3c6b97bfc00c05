"""Everybody who could knock at the door of one office, and the addresses behind it."""

from dataclasses import dataclass

from django.apps import apps
from django.test import Client
from django.urls import URLPattern

from measures.models import User
from measures.urls import desk
from reports import urls as paper
from tests.factories.people import Office, make_administrator, make_office, make_user
from tests.factories.sign_in import sign_in

OFFICE_ROLES = ("staff", "finance_staff", "coordinator", "head", "deputy", "clerk", "mayor")
STRANGERS = ("outsider", "postless")
NOT_SIGNED_IN = ("anonymous", "inactive")
ROLES = (*NOT_SIGNED_IN, *OFFICE_ROLES, *STRANGERS, "superuser")


@dataclass
class Cast:
    """An office with its own people, and those who do not belong to it."""

    office: Office
    people: dict[str, User | None]

    def client(self, role: str) -> Client:
        """Return a browser in which this person has signed in; nobody for ``anonymous``."""
        client = Client()
        person = self.people[role]
        if person is not None:
            sign_in(client, person)
        return client


def make_cast() -> Cast:
    """Return a small office with the whole cast."""
    office = make_office()
    people: dict[str, User | None] = {role: getattr(office, role) for role in OFFICE_ROLES}
    people["anonymous"] = None
    people["inactive"] = make_user(is_active=False)
    people["outsider"] = office.outsider
    people["postless"] = make_user()
    people["superuser"] = make_administrator("")
    return Cast(office, people)


def patterns() -> dict[str, URLPattern]:
    """Return every address of the desk, those for paper too, by its full name."""
    return {
        f"{module.app_name}:{pattern.name}": pattern
        for module in (desk, paper)
        for pattern in module.urlpatterns
    }


def everything_stored() -> dict[str, list[dict[str, object]]]:
    """Return all rows of the portal: to show that a refusal changed nothing at all.

    Short of when somebody signed in, which this client does before every question.
    """
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name != "last_login"}
            for row in model.objects.order_by("pk").values()
        ]
        for model in apps.get_app_config("measures").get_models()
    }
