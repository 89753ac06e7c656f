"""Judging tips: who the officers are, who holds which tip, what they decide, and what they answer."""
