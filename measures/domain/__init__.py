"""What may happen: plain verbs, one transaction each, in files named as in ``models/``."""
