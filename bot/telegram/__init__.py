"""The Telegram bot. Import its modules only where Telegram is configured: aiogram takes seconds to load."""
