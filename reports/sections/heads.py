"""How a document begins: the head of a memo, the title of a report, a cover."""

from ita_portal.thai.numerals import to_arabic_digits
from reports.sections.texts import Content, Context, date_of, paragraphs_of


def memo_head(content: Content) -> Context | None:
    """The head of the memo: emblem, title and the four fields (rule 12 on internal letters).

    An empty field is printed all the same, as a line to be filled by hand.
    """
    memo = content["memo"]
    return {
        "emblem": _emblem(content),
        "office": memo["office"].strip(),
        "number": memo["number"].strip(),
        "date": date_of(memo["date"]),
        "subject": memo["subject"].strip(),
        "addressee": memo["addressee"].strip(),
        "through": memo["through"].strip().removeprefix("ผ่าน").strip(),
        "has_leaders": content["organisation"].get("has_leaders", True),
    }


def title(content: Content) -> Context | None:
    """The title of a report that is not a memo: subject, office and place."""
    return {"subject": paragraphs_of([content["memo"]["subject"]]), "office": _office(content)}


def cover(content: Content) -> Context | None:
    """A page of its own with emblem, subject, fiscal year, round and office."""
    subject = to_arabic_digits(content["memo"]["subject"])
    period = [f"ปีงบประมาณ พ.ศ. {content['fiscal_year']}"]
    if content["round"]:
        period.append(content["round"]["name"])
    return {
        "emblem": _emblem(content),
        "subject": paragraphs_of([content["memo"]["subject"]]),
        # Most subjects name their year and round themselves.
        "period": [line for line in period if to_arabic_digits(line) not in subject],
        "office": _office(content),
    }


def _emblem(content: Content) -> str:
    emblem = content["organisation"]["emblem"]
    return f"media:{emblem}" if emblem else ""


def _office(content: Content) -> list[str]:
    """The name of the organisation, and its district and province on the next line."""
    organisation = content["organisation"]
    place = [
        f"อำเภอ{organisation['amphoe']}" if organisation["amphoe"] else "",
        f"จังหวัด{organisation['changwat']}" if organisation["changwat"] else "",
    ]
    return [line for line in (organisation["name"], " ".join(filter(None, place))) if line]
