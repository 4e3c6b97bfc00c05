"""The field that takes an office's emblem."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from measures.domain.emblems import cleaned_emblem
from measures.domain.errors import Invalid


class EmblemField(forms.ImageField):
    """Takes a picture as the verb does, so that what it refuses is said beside the field."""

    def to_python(self, data: Any) -> Any:
        """Return the emblem as it will be kept; the name it had does not matter."""
        if data in self.empty_values:
            return None
        try:
            return SimpleUploadedFile("emblem.png", cleaned_emblem(data), "image/png")
        except Invalid as refusal:
            raise ValidationError(str(refusal), code="invalid_image") from refusal
