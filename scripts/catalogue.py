"""Compile the catalogue of packages' strings; with ``--check`` only compare, for `make check`.

polib does it in Python, because a bare machine has no gettext tools.
"""

import sys
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parent.parent / "ita_portal/locale/th/LC_MESSAGES/django.po"


def main() -> None:
    """Write the compiled file beside its source, or exit 1 where the two differ."""
    compiled = SOURCE.with_suffix(".mo")
    wanted = polib.pofile(str(SOURCE)).to_binary()
    if "--check" not in sys.argv:
        compiled.write_bytes(wanted)
    elif compiled.read_bytes() != wanted:
        sys.exit("ita_portal/locale: django.mo is not what django.po says; run `make fix`")


if __name__ == "__main__":
    main()
