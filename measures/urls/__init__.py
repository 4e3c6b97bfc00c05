"""The addresses, one file per audience."""
