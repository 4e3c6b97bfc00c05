"""What the office records, decides and publishes."""
