"""Frozen publications, what the public sees of them, and their verification."""
