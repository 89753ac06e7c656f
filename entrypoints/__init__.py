"""Where the system starts: the web, the worker, the command. Only here is anything committed."""
