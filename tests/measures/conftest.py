"""What several folders of these tests share."""

import pytest


@pytest.fixture
def forgiving_templates(settings) -> None:
    """Let the packages' templates read variables that are not there, as they do outside tests."""
    settings.TEMPLATES = [
        {
            **engine,
            "OPTIONS": {
                name: value
                for name, value in engine["OPTIONS"].items()
                if name != "string_if_invalid"
            },
        }
        for engine in settings.TEMPLATES
    ]
