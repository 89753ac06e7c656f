"""A real browser: Debian's Chromium, driven by Playwright."""
