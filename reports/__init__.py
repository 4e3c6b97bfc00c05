"""How it looks on paper, in tables and in files; owns no database tables."""
