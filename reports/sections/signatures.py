"""Those who sign: the blocks of the whole line, or the one who certifies."""

from reports.sections.texts import Content, Context, date_of, paragraphs_of

CERTIFIER = "ผู้รับรองข้อมูล"  # printed behind the signature of who certifies a table


def signoff(content: Content) -> Context | None:
    """The blocks of those who sign, from the preparer up to the head of the organisation."""
    steps = sorted(content["signoff"], key=lambda step: step["order"])
    return {"blocks": [_block(step) for step in steps]} if steps else None


def certifier(content: Content) -> Context | None:
    """The block of the last post in the line alone, as the one who certifies the document."""
    steps = sorted(content["signoff"], key=lambda step: step["order"])
    return {"block": _block(steps[-1]), "capacity": CERTIFIER} if steps else None


def _block(step: Content) -> Context:
    decision = step["decision"]
    return {
        "role": step["role"],
        "caption": _caption(step),
        "opinion": paragraphs_of([step["opinion"]]),
        "is_signed": decision is not None,
        "is_approved": decision == "approved",
        "is_refused": decision == "refused",
        "reason": step["reason"].strip(),
        "rank": step["rank"].strip(),
        "signer_name": step["signer_name"].strip(),
        "position_lines": paragraphs_of(step["position_lines"]) or paragraphs_of([step["post"]]),
        "signed_on": date_of(step["signed_at"]),
    }


def _caption(step: Content) -> str:
    """The heading over an opinion; the preparer has none, the last step only what was typed."""
    if step["role"] == "preparer":
        return ""
    caption: str = step["opinion_caption"].strip()
    if caption or step["role"] == "final":
        return caption
    return f"ความเห็น{step['post'].strip()}"
