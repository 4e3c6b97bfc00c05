"""The estimate of a year: tick what would pass, and read what it adds."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.domain.scoring import estimates
from measures.domain.scoring.estimates import Estimate, Worth
from measures.domain.scoring.framework_tree import FrameworkTree, tree_of
from measures.domain.scoring.results import IndicatorScore, PartScore, values_of
from measures.domain.scoring.score_imports import result_of
from measures.forms.estimates import EstimateForm, estimate_data
from measures.models import Organisation
from measures.views.access import DeskRequest, desk_page
from measures.views.results import own_year

ALL, NONE = "all", "none"  # the buttons that tick everything or nothing


@dataclass(frozen=True)
class TickRow:
    """One item to tick, and what it is worth."""

    worth: Worth
    is_ticked: bool


@dataclass(frozen=True)
class TickGroup:
    """The items of a sub-indicator, with its score and its indicator's as estimated."""

    indicator: IndicatorScore
    part: PartScore
    rows: tuple[TickRow, ...]
    is_first: bool  # of its indicator

    def passed(self) -> int:
        """Return how many of the items are ticked."""
        return sum(1 for row in self.rows if row.is_ticked)


@require_safe
@desk_page
def show(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Show what the result could be with the items that are ticked; stores nothing."""
    organisation, years = own_year(request, fiscal_year)
    tree = tree_of(fiscal_year)
    page: dict[str, Any] = {
        "organisation": organisation,
        "fiscal_year": fiscal_year,
        "years": years,
        "missing": estimates.what_is_missing(tree),
    }
    if page["missing"]:
        return render(request, "desk/estimates/show.html", page)
    ranges = estimates.default_ranges(organisation, fiscal_year)
    form = EstimateForm(_data(request, organisation, tree, ranges), tree=tree)
    page |= {"form": form, "defaults": ranges, "is_asked": "asked" in request.GET}
    if not form.is_valid():
        return render(request, "desk/estimates/show.html", page, status=422)
    passing = form.passing()
    estimate = estimates.estimate_of(tree, passing, form.ranges(ranges))
    page |= {"estimate": estimate, "groups": _groups(estimate, passing)}
    return render(request, "desk/estimates/show.html", page)


def _data(
    request: DeskRequest,
    organisation: Organisation,
    tree: FrameworkTree,
    ranges: dict[str, estimates.Range],
) -> Any:
    """Return what was chosen; at first the office's ranges and the items known to have passed."""
    items = tree.instrument("OIT").items()
    if "asked" not in request.GET:
        values = values_of(result_of(organisation, tree.fiscal_year))
        passed = [item.number for item in items if values.get(item.pk) == estimates.PASSED]
        return estimate_data(ranges, passed)
    data = request.GET.copy()
    if data.get("tick") in (ALL, NONE):
        numbers = [str(item.number) for item in items] if data["tick"] == ALL else []
        data.setlist("o", numbers)
    return data


def _groups(estimate: Estimate, passing: Collection[int]) -> list[TickGroup]:
    """Return the items by sub-indicator, in the order of the framework."""
    found = []
    for indicator in estimate.oit.indicators:
        for at, part in enumerate(indicator.parts):
            rows = tuple(
                TickRow(worth, worth.item.pk in passing)
                for worth in estimate.worths
                if worth.item.sub_indicator_id == part.sub_indicator.pk
            )
            found.append(TickGroup(indicator, part, rows, is_first=at == 0))
    return found
