"""Which page: fetch what this person may touch, call one verb, say so, redirect."""
