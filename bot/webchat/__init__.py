"""The web chat: a page, its API, and a thread that survives a reload."""
