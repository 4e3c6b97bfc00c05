"""The font on paper: TH SarabunPSK where it is installed, else Laksaman at its equal-width size.

Only TH SarabunPSK gives back the exact text when a PDF is read or copied from; with Laksaman some
vowels come out wrong. A system check therefore warns when it is missing.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

FOLDER = "fonts/paper"  # under static/
FAMILY = "TH SarabunPSK"
FACES = (  # file, weight, style
    ("THSarabun-Regular.ttf", "400", "normal"),
    ("THSarabun-Bold.ttf", "700", "normal"),
    ("THSarabun-Italic.ttf", "400", "italic"),
    ("THSarabun-Bold-Italic.ttf", "700", "italic"),
)
SIZE = "16pt"
SUBSTITUTE_FAMILY = "Laksaman"
SUBSTITUTE_SIZE = "10.65pt"  # as wide as 16 pt of TH SarabunPSK


def static_folder() -> Path:
    """Return the folder of the static files as they lie in the source tree."""
    return Path(settings.BASE_DIR) / "static"


def paper_font_is_installed() -> bool:
    """Say whether all four styles of TH SarabunPSK lie in ``static/fonts/paper/``."""
    return all((static_folder() / FOLDER / file).is_file() for file, *_ in FACES)


def font_rules(address_of: Callable[[str], str]) -> str:
    """Return the CSS that loads the font and sets family and root size of text and page margins.

    ``address_of`` turns a path under static/ into the address by which the renderer fetches it.
    """
    if not paper_font_is_installed():
        return _base_rule(SUBSTITUTE_FAMILY, SUBSTITUTE_SIZE)
    faces = [
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style};'
        f' src: url("{address_of(f"{FOLDER}/{file}")}"); }}'
        for file, weight, style in FACES
    ]
    return "\n".join([*faces, _base_rule(FAMILY, SIZE)])


def _base_rule(family: str, size: str) -> str:
    declarations = f'{{ font-family: "{family}"; font-size: {size}; }}'
    return f"html {declarations}\n@page {declarations}"
