"""Rounds, and what divisions record in them."""
