"""Screens that need paper: preview, signing, publishing."""
