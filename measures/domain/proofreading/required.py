"""What a plan lacks of the contents that the assessment asks for, as remarks."""

from collections.abc import Collection, Iterator

from ita_portal.thai.numerals import to_thai_digits
from measures.domain.content import Content
from measures.domain.hashes import sha256_of
from measures.domain.planning.required_contents import gaps_in
from measures.domain.proofreading.remarks import Remark, Rule
from measures.models import DocumentKind


def missing_contents(content: Content, draft_findings: Collection[int]) -> Iterator[Remark]:
    """Yield a remark for each gap in a plan; a report answers to other rules.

    A gap that is another one later (a measure that lacks something else) is another remark.
    """
    if content["kind"] != DocumentKind.PLAN:
        return
    for gap in gaps_in(content, draft_findings):
        yield Remark(
            rule=Rule.REQUIRED_CONTENT,
            place=str(gap.part.label),
            text="",
            message=to_thai_digits(gap.message),
            fingerprint=sha256_of([Rule.REQUIRED_CONTENT.value, gap.key, gap.message]),
        )
