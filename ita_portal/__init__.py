"""The project, and what belongs to no app: settings, addresses, Thai text."""
