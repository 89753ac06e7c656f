"""The catalogue of known schemes and the pack of data behind it."""
