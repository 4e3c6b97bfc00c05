"""Rules about every model: who goes with when, what is protected, and names for all."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from measures.models import Document, Publication, Signoff, SignoffStep
from tests.architecture.source import ROOT, name_of

MODELS = list(apps.get_app_config("measures").get_models())
DECIDED = (Publication, Signoff, SignoffStep, Document)


def relations():
    return [
        (model, field)
        for model in MODELS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    ]


def name(model: type[models.Model], field: models.Field) -> str:
    return f"{model.__name__}.{field.name}"


def pairs() -> list[tuple[type[models.Model], str]]:
    """Return each model with the stem of each of its ``…_by`` fields."""
    return [
        (model, field.name.removesuffix("_by"))
        for model, field in relations()
        if field.name.endswith("_by") and field.concrete
    ]


def requires_all_or_none(condition: models.Q, fields: set[str]) -> bool:
    """Return whether a check is "all of these empty, or all of these filled in"."""
    if condition.connector != "OR" or len(condition.children) != 2:
        return False
    empty, filled = (
        dict(flat(part)) if isinstance(part, models.Q) else {} for part in condition.children
    )
    return all(empty.get(field, "") is None for field in fields) and all(
        filled.get(f"{field}__isnull") is False for field in fields
    )


def flat(condition: models.Q) -> list[tuple[str, object]]:
    """Return the plain lookups of a condition, those inside nested ones too."""
    found = []
    for child in condition.children:
        found += flat(child) if isinstance(child, models.Q) else [child]
    return found


@pytest.mark.parametrize(("model", "stem"), pairs(), ids=str)
def test_who_goes_with_when(model, stem):
    fields = {field.name: field for field in model._meta.fields}
    by, at = fields[f"{stem}_by"], fields.get(f"{stem}_at")

    assert isinstance(at, models.DateTimeField)
    assert at.null == by.null
    if by.null:
        checks = [
            constraint.condition
            for constraint in model._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
        ]
        assert any(requires_all_or_none(check, {by.name, at.name}) for check in checks)


def test_there_are_pairs_to_look_at():
    assert len(pairs()) >= 8


def test_nothing_deletes_what_was_decided_or_published():
    unprotected = [
        name(model, field)
        for model, field in relations()
        if field.related_model in DECIDED and field.remote_field.on_delete is not models.PROTECT
    ]

    assert unprotected == []


def test_nothing_deletes_a_person_with_what_they_did():
    unprotected = [
        name(model, field)
        for model, field in relations()
        if field.name.endswith(("_by", "actor"))
        and field.remote_field.on_delete is not models.PROTECT
    ]

    assert unprotected == []


def test_decisions_and_publications_protect_what_they_speak_about():
    """Their own keys, too: deleting a post must not take the signature with it."""
    unprotected = [
        name(model, field)
        for model, field in relations()
        if model in DECIDED and field.remote_field.on_delete is not models.PROTECT
    ]

    assert unprotected == []


def test_every_constraint_has_a_name_of_words():
    named = [constraint.name for model in MODELS for constraint in model._meta.constraints] + [
        index.name for model in MODELS for index in model._meta.indexes
    ]

    assert [each for each in named if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", each)] == []
    assert [each for each in named if re.search(r"_[0-9a-f]{6,8}_(idx|uniq)$", each)] == []


def test_unique_together_is_written_as_named_constraints():
    assert [model.__name__ for model in MODELS if model._meta.unique_together] == []


def test_every_model_and_field_has_a_thai_name():
    """Field names reach people in the back office, in the log and in error messages."""
    fields = [
        (name(model, field), str(field.verbose_name))
        for model in MODELS
        for field in model._meta.fields
        if field.editable and not field.primary_key and field.model is model
    ]
    untranslated = [field for field, label in fields if not re.search("[\u0e00-\u0e7f]", label)]
    inherited_from_django = {"User.password", "User.is_superuser"}

    assert [
        field
        for field in untranslated
        if field not in inherited_from_django and not field.startswith("User.")
    ] == []
    assert [
        model.__name__
        for model in MODELS
        if not re.search("[\u0e00-\u0e7f]", str(model._meta.verbose_name))
    ] == []


def test_migrations_are_named_by_what_they_do():
    migrations: list[Path] = sorted((ROOT / "measures" / "migrations").glob("[0-9]*.py"))

    assert migrations != []
    assert [name_of(path) for path in migrations if "_auto_" in path.name] == []
    numbers = [path.name[:4] for path in migrations]
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
