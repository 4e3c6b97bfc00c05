"""From what stands in a file to the measures of a plan or report. Nothing here is stored."""

from measures.domain.importing.plan_reading.reading import read_plan

__all__ = ["read_plan"]
