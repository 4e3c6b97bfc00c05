"""What the style sheet of the paper says about an element, in the terms that Word knows too.

The .docx is set by the same ``paper.css`` as the PDF: read by WeasyPrint's own parsers, with the
same selectors. So a new section looks alike in both, and no distance is written down twice.
Only what Word has a word for is read; WeasyPrint draws, here nothing is drawn.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import cssselect2
import tinycss2

from reports.rendering.fonts import static_folder

ROOT_SIZE = 16.0  # points: 1rem of the paper font, as paper.css counts
POINTS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "px": 0.75, "rem": ROOT_SIZE}
SIDES = ("top", "right", "bottom", "left")
INHERITED = (
    "font-weight",
    "font-style",
    "line-height",
    "text-align",
    "text-indent",
    "white-space",
)
INLINE, BLOCK = "inline", "block"
BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt"),
        *("figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html"),
        *("li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "tr", "ul"),
    ]
)
# What every browser and WeasyPrint take for granted.
GRANTED = {
    "b": {"font-weight": "700"},
    "strong": {"font-weight": "700"},
    "th": {"font-weight": "700", "text-align": "center"},
    "em": {"font-style": "italic"},
    "i": {"font-style": "italic"},
    **{f"h{level}": {"font-weight": "700"} for level in range(1, 7)},
    **{name: {"display": "none"} for name in ("head", "script", "style", "template")},
}

Declarations = dict[str, str]


@dataclass(frozen=True)
class Look:
    """The declarations that hold for one element, inherited ones among them."""

    name: str  # of the element
    size: float  # of the letters, in points
    declared: Declarations

    def __getitem__(self, name: str) -> str:
        """Return the value as it is written, "" where nothing is said."""
        return self.declared.get(name, "")

    def points(self, name: str, *, of: float = 0.0) -> float:
        """Return a length in points, a percentage as its part ``of`` a whole; else 0."""
        return in_points(self[name], size=self.size, of=of)

    @property
    def display(self) -> str:
        """Return "none", "inline", "inline-block", "block" and so on."""
        return self["display"] or (BLOCK if self.name in BLOCKS else INLINE)

    @property
    def is_block(self) -> bool:
        """Whether the element stands on lines of its own."""
        return not self.display.startswith(INLINE) and self.display != "none"

    @property
    def is_bold(self) -> bool:
        """Whether its letters are bold."""
        return self["font-weight"] in ("700", "800", "900", "bold")

    @property
    def is_italic(self) -> bool:
        """Whether its letters slope."""
        return self["font-style"] in ("italic", "oblique")

    @property
    def keeps_lines(self) -> bool:
        """Whether a line break in the text is a line break on paper."""
        return self["white-space"] in ("pre-line", "pre-wrap", "pre")

    @property
    def line(self) -> float:
        """Return the line pitch in points; 0 where it follows from the letters."""
        value = self["line-height"]
        if re.fullmatch(r"[\d.]+", value):
            return float(value) * self.size
        return in_points(value, size=self.size, of=self.size)


@dataclass(frozen=True)
class Page:
    """The sheet of one kind of page, in points."""

    width: float
    height: float
    margins: dict[str, float]


def in_points(value: str, *, size: float = ROOT_SIZE, of: float = 0.0) -> float:
    """Return a CSS length in points; 0 for what is no length (auto, none, calc and the like)."""
    found = re.fullmatch(r"(-?[\d.]+)([a-z%]*)", value.strip())
    if not found:
        return 0.0
    number, unit = float(found[1]), found[2]
    if unit == "%":
        return number * of / 100
    return number * (size if unit == "em" else POINTS.get(unit, 0.0))


@dataclass
class StyleSheet:
    """A parsed style sheet; asked element by element, from the root down."""

    matcher: Any = field(default_factory=cssselect2.Matcher)
    pages: dict[str, Declarations] = field(default_factory=dict)

    @classmethod
    def parsed(cls, css: str) -> "StyleSheet":
        """Read the rules; what cannot be read is passed over, as in a browser."""
        sheet = cls()
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                declarations = _declarations(rule.content)
                for selector in cssselect2.compile_selector_list(rule.prelude):
                    sheet.matcher.add_selector(selector, declarations)
            elif rule.type == "at-rule" and rule.lower_at_keyword == "page":
                name = "".join(tinycss2.serialize(rule.prelude).split())
                sheet.pages.setdefault(name, {}).update(_declarations(rule.content))
        return sheet

    def look_of(self, element: Any, parent: Look | None) -> Look:
        """Return how ``element`` looks inside ``parent``."""
        declared = (
            {name: parent[name] for name in INHERITED if parent[name]} if parent is not None else {}
        )
        declared |= GRANTED.get(element.local_name, {})
        declared |= self._matched(element, None)
        for name in [name for name, value in declared.items() if value == "inherit"]:
            declared[name] = parent[name] if parent is not None else ""
        before = parent.size if parent is not None else ROOT_SIZE
        size = in_points(declared.get("font-size", ""), size=before, of=before) or before
        return Look(element.local_name, size, declared)

    def has_leader(self, element: Any) -> bool:
        """Whether a dotted line is drawn along the element's last line."""
        after = self._matched(element, "after")
        return "dotted" in after.get("border", "") and after.get("display") != "none"

    def _matched(self, element: Any, pseudo: str | None) -> Declarations:
        found: Declarations = {}
        for _specificity, _order, kind, declarations in self.matcher.match(element):
            if kind == pseudo:
                found |= declarations
        return found

    def page(self, name: str = "", *, is_first: bool = False) -> Page:
        """Return the sheet called ``name`` ("" is the plain one)."""
        declared: Declarations = {}
        for each in ["", *([":first"] if is_first else []), name, *([f"{name}:first"] * is_first)]:
            declared |= self.pages.get(each, {})
        size = declared.get("size", "A4").lower().split()
        width, height = POINTS["mm"] * 210, POINTS["mm"] * 297
        if "landscape" in size:
            width, height = height, width
        margins = {side: in_points(declared.get(f"margin-{side}", "")) for side in SIDES}
        return Page(width, height, margins)


def _declarations(content: Any) -> Declarations:
    found: Declarations = {}
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration":
            found |= _longhands(each.lower_name, tinycss2.serialize(each.value).strip())
    return found


def _longhands(name: str, value: str) -> Declarations:
    """Return margin and padding side by side."""
    if name in ("margin", "padding"):
        values = value.split()
        top, right, bottom, left = (values[index % len(values)] for index in range(4))
        if len(values) == 3:
            left = right
        return {
            f"{name}-{side}": each
            for side, each in zip(SIDES, (top, right, bottom, left), strict=True)
        }
    return {name: value}


@cache
def paper_style_sheet() -> StyleSheet:
    """Return the style sheet of the paper; read once."""
    return StyleSheet.parsed((static_folder() / "css" / "paper.css").read_text("utf-8"))
