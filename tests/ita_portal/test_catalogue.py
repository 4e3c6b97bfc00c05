"""The committed catalogue is what its readable source says."""

import polib
from django.conf import settings

FOLDER = settings.BASE_DIR / "ita_portal" / "locale" / "th" / "LC_MESSAGES"


def test_compiled_catalogue_equals_its_source():
    source = polib.pofile(str(FOLDER / "django.po"))

    assert (FOLDER / "django.mo").read_bytes() == source.to_binary()


def test_every_entry_is_translated_and_keeps_its_places_for_values():
    source = polib.pofile(str(FOLDER / "django.po"))

    assert source.percent_translated() == 100
    assert source.fuzzy_entries() == []
