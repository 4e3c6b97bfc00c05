"""What people type, one file per concept. Rules are in ``domain/``; forms only shape the input."""
