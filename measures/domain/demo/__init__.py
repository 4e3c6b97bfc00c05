"""The five fictional offices of the demo, made by the same verbs as the real ones."""

from measures.domain.demo.loading import (
    ADMINISTRATOR,
    PASSWORD,
    Account,
    accounts,
    is_loaded,
    load,
)

__all__ = ["ADMINISTRATOR", "PASSWORD", "Account", "accounts", "is_loaded", "load"]
