"""The closed roster everything else stands on; it knows nothing of tips, schemes or chats."""
