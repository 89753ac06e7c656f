"""Tests: they mirror the rooms, and the journeys go through all of them."""
