"""The offices that the rows of a sheet name: looked up together, not row by row."""

from collections.abc import Iterable

from django.db.models import Q

from measures.models import Organisation, User

_AT_ONCE = 500  # names in one question to the database; SQLite takes 999 values


class Offices:
    """Offices by what rows call them: their slugs or names, of those that one person sees."""

    def __init__(self, user: User, own: Organisation | None) -> None:
        """Keep for whom they are looked up, and the office that rows need not name."""
        self.user = user
        self.own = own
        self._called: dict[str, Organisation | None] = {}

    def look_up(self, names: Iterable[str]) -> None:
        """Find the offices of these slugs or names."""
        waiting = sorted(set(names) - self._called.keys() - {""})
        for start in range(0, len(waiting), _AT_ONCE):
            self._look_up(waiting[start : start + _AT_ONCE])

    def _look_up(self, names: list[str]) -> None:
        visible = Organisation.objects.visible_to(self.user)
        for office in visible.filter(Q(slug__in=names) | Q(name__in=names)):
            self._called[office.name] = self._called[office.slug] = office
        for name in names:
            self._called.setdefault(name, None)

    def called(self, name: str) -> Organisation | None:
        """Return the office of this slug or name; None for one that the person does not see."""
        self.look_up([name])
        return self._called.get(name)

    def named(self) -> list[Organisation]:
        """Return every office looked up so far, and one's own."""
        offices = {office.pk: office for office in self._called.values() if office is not None}
        if self.own is not None:
            offices[self.own.pk] = self.own
        return list(offices.values())
