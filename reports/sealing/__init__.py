"""Electronic seals: made with ``seal``, looked at with ``seal_of``."""

from reports.sealing.results import Sealed, SealError, SealReport
from reports.sealing.seals import seal, seal_of

__all__ = ["SealError", "SealReport", "Sealed", "seal", "seal_of"]
