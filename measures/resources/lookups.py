"""What cells name (divisions, posts, items, …): read once for a whole sheet, found by words."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_arabic_digits
from ita_portal.thai.words import normalise_compact
from measures.domain.errors import Invalid
from measures.models import (
    Division,
    Finding,
    Framework,
    Indicator,
    Instrument,
    Item,
    Organisation,
    Post,
    Remedy,
    SubIndicator,
    User,
)

Row = TypeVar("Row")
Kept = TypeVar("Kept")

MOST_SUGGESTIONS = 3


def found(typed: str, known: Mapping[str, Row], *, what: str, remedy: str = "") -> Row:
    """Return the row that goes by these words: exactly, or but for spaces, digits and spelling.

    Raises Invalid with ``what`` was looked for, the words, what to do, and the nearest names.
    """
    if typed in known:
        return known[typed]
    compact = normalise_compact(typed)
    alike = [name for name in known if normalise_compact(name) == compact]
    if len(alike) == 1:
        return known[alike[0]]
    raise Invalid(not_found(typed, known, what=what, remedy=remedy))


def not_found(typed: str, names: Iterable[str], *, what: str, remedy: str = "") -> str:
    """Return the sentence for a name that nothing goes by, with the nearest that something does."""
    sentence = _("ไม่พบ%(what)s “%(typed)s”") % {"what": what, "typed": typed}
    near = difflib.get_close_matches(typed, list(names), n=MOST_SUGGESTIONS, cutoff=0.3)
    if near and remedy:
        return _("%(sentence)s โปรด%(remedy)s หรือแก้ให้ตรงกับ: %(near)s") % {
            "sentence": sentence,
            "remedy": remedy,
            "near": ", ".join(near),
        }
    if near:
        return _("%(sentence)s โปรดแก้ให้ตรงกับ: %(near)s") % {
            "sentence": sentence,
            "near": ", ".join(near),
        }
    return _("%(sentence)s โปรด%(remedy)s") % {
        "sentence": sentence,
        "remedy": remedy or _("ตรวจชื่ออีกครั้ง"),
    }


def post_name(title: str, division: str) -> str:
    """Return how a post is named in an error: its title, and its division where it has one."""
    return f"{title} ({division})" if division else title


class Lookups:
    """The rows that the cells of one sheet can name, each kind and office read once."""

    def __init__(self, user: User) -> None:
        """Keep for whom the sheet is read."""
        self.user = user
        self._kept: dict[tuple[Any, ...], Any] = {}

    def once(self, *key: Any, read: Callable[[], Kept]) -> Kept:
        """Return what ``read`` returned the first time for this key."""
        if key not in self._kept:
            self._kept[key] = read()
        return cast("Kept", self._kept[key])

    def divisions(self, organisation: Organisation) -> dict[str, Division]:
        """Return the divisions of an office by name; a sheet may add to it as it stores them."""
        return self.once(
            "divisions",
            organisation.pk,
            read=lambda: {
                division.name: division
                for division in organisation.divisions.select_related("parent")
            },
        )

    def division(self, organisation: Organisation, name: str) -> Division:
        """Return the division of this name, or raise Invalid."""
        return found(
            name,
            self.divisions(organisation),
            what=_("ส่วนราชการ"),
            remedy=_("เพิ่มส่วนราชการก่อน"),
        )

    def posts(self, organisation: Organisation) -> dict[tuple[str, str], Post]:
        """Return the posts of an office by title and name of the division ("" without one)."""
        return self.once(
            "posts",
            organisation.pk,
            read=lambda: {
                (post.title, post.division.name if post.division else ""): post
                for post in organisation.posts.select_related("division", "organisation")
            },
        )

    def post(self, organisation: Organisation, title: str, division: str) -> Post:
        """Return the post of this title in this division ("" for none), or raise Invalid."""
        posts = self.posts(organisation)
        if (title, division) in posts:
            return posts[title, division]
        known = {post_name(*key): post for key, post in posts.items()}
        return found(post_name(title, division), known, what=_("ตำแหน่ง"), remedy=_("เพิ่มตำแหน่งก่อน"))

    def person(self, organisation: Organisation, username: str) -> User:
        """Return who signs in by this name: one of the office, for the administrator anybody.

        Raises Invalid: a sheet never makes accounts, and tells nobody who works elsewhere.
        """
        people = self.once(
            "people",
            None if self.user.is_superuser else organisation.pk,
            read=lambda: {
                person.username: person
                for person in (
                    User.objects.all()
                    if self.user.is_superuser
                    else User.objects.filter(holdings__post__organisation=organisation).distinct()
                )
            },
        )
        if username in people:
            return people[username]
        raise Invalid(not_found(username, people, what=_("ผู้ใช้งาน"), remedy=_("เชิญผู้ใช้งานก่อน")))

    def organisations(self) -> dict[str, Organisation]:
        """Return all offices by slug; a sheet may add to it as it stores them."""
        return self.once(
            "organisations",
            read=lambda: {office.slug: office for office in Organisation.objects.all()},
        )

    def organisation(self, slug: str) -> Organisation:
        """Return the office of this slug or name among all, or raise Invalid."""
        offices = self.organisations()
        if slug in offices:
            return offices[slug]
        by_name = {office.name: office for office in offices.values()}
        return found(slug, by_name, what=_("หน่วยงาน"), remedy=_("เพิ่มหน่วยงานก่อน"))

    def framework(self, fiscal_year: int) -> Framework:
        """Return the framework of a year, or raise Invalid."""
        frameworks = self.once(
            "frameworks",
            read=lambda: {str(each.fiscal_year): each for each in Framework.objects.all()},
        )
        return found(
            str(fiscal_year),
            frameworks,
            what=_("กรอบการประเมินของปีงบประมาณ"),
            remedy=_("เพิ่มกรอบการประเมินก่อน"),
        )

    def instruments(self, fiscal_year: int) -> dict[str, Instrument]:
        """Return the instruments of a year by code."""
        rows = Instrument.objects.filter(framework__fiscal_year=fiscal_year)
        return self.once(
            "instruments",
            fiscal_year,
            read=lambda: {each.code: each for each in rows.select_related("framework")},
        )

    def instrument(self, fiscal_year: int, code: str) -> Instrument:
        """Return the instrument of a year, or raise Invalid."""
        return found(
            code,
            self.instruments(fiscal_year),
            what=_("เครื่องมือของปีงบประมาณ %s") % fiscal_year,
            remedy=_("เพิ่มเครื่องมือของปีนั้นก่อน"),
        )

    def indicator(self, fiscal_year: int, number: str) -> Indicator:
        """Return the indicator of a year by its number, or raise Invalid."""
        rows = Indicator.objects.filter(instrument__framework__fiscal_year=fiscal_year)
        indicators = self.once(
            "indicators",
            fiscal_year,
            read=lambda: {
                str(each.number): each for each in rows.select_related("instrument__framework")
            },
        )
        return found(
            number,
            indicators,
            what=_("ตัวชี้วัดของปีงบประมาณ %s") % fiscal_year,
            remedy=_("เพิ่มตัวชี้วัดของปีนั้นก่อน"),
        )

    def sub_indicator(self, fiscal_year: int, number: str) -> SubIndicator:
        """Return the sub-indicator of a year by its number, or raise Invalid."""
        rows = SubIndicator.objects.filter(
            indicator__instrument__framework__fiscal_year=fiscal_year
        )
        parts = self.once(
            "sub_indicators",
            fiscal_year,
            read=lambda: {
                each.number: each
                for each in rows.select_related("indicator__instrument__framework")
            },
        )
        return found(
            number,
            parts,
            what=_("ตัวชี้วัดย่อยของปีงบประมาณ %s") % fiscal_year,
            remedy=_("เพิ่มตัวชี้วัดย่อยของปีนั้นก่อน"),
        )

    def items(self, fiscal_year: int) -> dict[str, Item]:
        """Return the items of a year by code (I7)."""
        return self.once(
            "items",
            fiscal_year,
            read=lambda: {
                each.code(): each
                for each in Item.objects.filter(
                    instrument__framework__fiscal_year=fiscal_year
                ).select_related("instrument__framework")
            },
        )

    def item(self, fiscal_year: int, code: str) -> Item:
        """Return the item of a year by its code in any spelling (i7, ข้อ I๗), or raise Invalid."""
        return self.once(
            "item",
            fiscal_year,
            code,  # ten thousand rows spell some hundred codes
            read=lambda: found(
                item_code(code),
                self.items(fiscal_year),
                what=_("ข้อประเมินของปีงบประมาณ %s") % fiscal_year,
                remedy=_("เพิ่มข้อประเมินของปีนั้นก่อน"),
            ),
        )

    def finding(self, organisation: Organisation, fiscal_year: int, number: str) -> Finding:
        """Return the finding of a year by its number, or raise Invalid."""
        findings = self.once(
            "findings",
            organisation.pk,
            fiscal_year,
            read=lambda: {
                str(each.number): each
                for each in organisation.findings.filter(fiscal_year=fiscal_year)
            },
        )
        return found(
            number,
            findings,
            what=_("ประเด็นของปีงบประมาณ %s") % fiscal_year,
            remedy=_("นำเข้าประเด็นของปีนั้นก่อน"),
        )

    def remedy(self, fiscal_year: int, number: str) -> Remedy:
        """Return the remedy of a year by its number, or raise Invalid."""
        rows = Remedy.objects.filter(framework__fiscal_year=fiscal_year)
        remedies = self.once(
            "remedies",
            fiscal_year,
            read=lambda: {str(each.number): each for each in rows.select_related("framework")},
        )
        return found(
            number,
            remedies,
            what=_("แนวทางแก้ไขของปีงบประมาณ %s") % fiscal_year,
            remedy=_("เพิ่มแนวทางแก้ไขของปีนั้นก่อน"),
        )


def item_code(text: str) -> str:
    """Return the code of an item as the portal writes it: I7 for ข้อ i ๗."""
    return "".join(to_arabic_digits(text).removeprefix("ข้อ").split()).upper()
