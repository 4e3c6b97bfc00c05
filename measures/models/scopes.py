"""Who may read which rows: the one place where access by organisation is a filter."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

if TYPE_CHECKING:
    from measures.models.people import User

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[Row]):
    """Rows that belong to one organisation, reached over ``organisation_path``."""

    organisation_path = "organisation"

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Return the rows of the organisations in which ``user`` holds a post today.

        Fails closed: strangers and people without a post get nothing; the administrator of the
        install gets everything.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(**{f"{self.organisation_path}__in": user.organisation_ids()})

    def of_organisation(self, organisation: Any) -> Self:
        """Return the rows of one organisation."""
        return self.filter(**{self.organisation_path: organisation})
