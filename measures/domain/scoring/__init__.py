"""Scores: entering what was announced, recomputing it, and estimating what could be."""
