"""The room for what is written next."""

from dataclasses import dataclass, replace

from docx.blkcntnr import BlockItemContainer

from reports.rendering.word.style_sheet import Look


@dataclass(frozen=True)
class Frame:
    """Where the next paragraph goes, and the room there in points."""

    place: BlockItemContainer
    width: float  # from margin to margin
    left: float = 0.0
    right: float = 0.0
    page: str | None = ""  # the kind of page; None within a table, which is on one already

    def inside(self, look: Look) -> "Frame":
        """Return the frame within a box of this look."""
        left = self.left + look.points("margin-left", of=self.width)
        right = self.right + look.points("margin-right", of=self.width)
        width = look.points("width", of=self.width - self.left - self.right)
        if width:
            right = self.width - left - width
        left += look.points("padding-left", of=self.width)
        right += look.points("padding-right", of=self.width)
        return replace(self, left=left, right=max(right, 0.0))
