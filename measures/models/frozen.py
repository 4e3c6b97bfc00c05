"""Rows that are written once: what was published, logged, said or handed over."""

from typing import Any, Never

from django.db import models

from measures.models.scopes import Row, ScopedQuerySet


class FrozenError(RuntimeError):
    """Raised where code tries to change what was published or logged."""


class FrozenQuerySet(ScopedQuerySet[Row]):
    """Refuses every way to change or delete rows in bulk; the database refuses the rest."""

    def update(self, **kwargs: Any) -> Never:
        """Refuse."""
        raise FrozenError(f"{self.model.__name__} rows are never changed")

    def delete(self) -> Never:
        """Refuse."""
        raise FrozenError(f"{self.model.__name__} rows are never deleted")


class FrozenModel(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse to change."""
        if not self._state.adding:
            raise FrozenError(f"{type(self).__name__} rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse."""
        raise FrozenError(f"{type(self).__name__} rows are never deleted")
