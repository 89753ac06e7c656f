"""Rewards: proposed by one officer, approved by another, paid outside the chat, every step on record."""
