"""The line of signatures: chains, decisions, comments, differences."""
