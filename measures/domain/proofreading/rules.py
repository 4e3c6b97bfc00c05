"""All rules over the content of a document, in the order of the paper."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from measures.domain.content import Content
from measures.domain.proofreading.dates import (
    dated_periods_outside,
    impossible_dates,
    times_outside,
)
from measures.domain.proofreading.items import unknown_items
from measures.domain.proofreading.names import other_spellings
from measures.domain.proofreading.numerals import mixed_numerals
from measures.domain.proofreading.passages import Passage, passages_of
from measures.domain.proofreading.personal_data import (
    Office,
    personal_data,
    personal_data_in_files,
)
from measures.domain.proofreading.remarks import Remark
from measures.domain.proofreading.required import missing_contents
from measures.domain.proofreading.results import measures_without_result, repeated_results
from measures.domain.proofreading.websites import websites_without_link


@dataclass(frozen=True)
class Known:
    """What the rules must know besides the content.

    ``items``: the numbers of the o-items by fiscal year, for the years whose list is known.
    ``other_names``: the names of the other offices of this install. ``file_texts``: what is
    written in the files of the evidence, by their SHA-256. ``draft_findings``: the numbers of the
    findings whose text nobody has edited or accepted yet.
    """

    items: Mapping[int, frozenset[int]] = field(default_factory=dict)
    other_names: Collection[str] = ()
    file_texts: Mapping[str, str] = field(default_factory=dict)
    draft_findings: Collection[int] = ()


def remarks_in(content: Content, known: Known) -> list[Remark]:
    """Return every remark on the content, each once. Reads nothing but what it is given."""
    passages = list(passages_of(content))
    found = {
        remark.fingerprint: remark
        for passage in passages
        for remark in _on_passage(passage, content, known)
    }
    for remark in _on_whole(content, passages):
        found[remark.fingerprint] = remark
    for remark in missing_contents(content, known.draft_findings):
        found[remark.fingerprint] = remark
    for remark in personal_data_in_files(content, Office.of(content), known.file_texts):
        found[remark.fingerprint] = remark
    return list(found.values())


def _on_passage(passage: Passage, content: Content, known: Known) -> Iterator[Remark]:
    year = content["fiscal_year"]
    yield from other_spellings(passage, content["organisation"], known.other_names)
    yield from mixed_numerals(passage)
    yield from impossible_dates(passage, year)
    yield from times_outside(passage, year)
    yield from unknown_items(passage, year, known.items)
    yield from personal_data(passage, Office.of(content))


def _on_whole(content: Content, passages: list[Passage]) -> Iterator[Remark]:
    yield from dated_periods_outside(content)
    yield from websites_without_link(content, passages)
    yield from measures_without_result(content)
    yield from repeated_results(passages)
