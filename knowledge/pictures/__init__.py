"""Pictures: opened safely, read (words, codes, fingerprints) in a worker process, copied for display.

Nothing is imported here on purpose: `opening.inspect` must stay cheap enough for a web process, and a
worker must start without the rest of the house. Import the file that names what you need.
"""
