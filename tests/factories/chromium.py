"""Debian's Chromium, as journeys and benchmarks start it."""

CHROMIUM = "/usr/bin/chromium"
# As root, without any of its own talk to the outside.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
