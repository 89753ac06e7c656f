"""The web chat through its own door."""
