"""Whole ways through the system, in real processes."""
