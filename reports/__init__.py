"""The tip (线索) and all that belongs to it."""
