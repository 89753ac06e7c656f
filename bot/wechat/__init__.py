"""The WeChat Official Account: what it pushes to us, and what we send through its API."""
