"""Risk warnings (风险提示) that citizens list and read."""
