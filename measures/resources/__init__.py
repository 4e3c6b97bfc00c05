"""Sheets of measures and progress: django-import-export over the domain verbs."""

from measures.resources.measures import MeasureResource
from measures.resources.progress import ProgressResource

__all__ = ["MeasureResource", "ProgressResource"]
