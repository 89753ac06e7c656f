"""What a citizen can do: the channels, the inbox, the conversation, delivery."""
