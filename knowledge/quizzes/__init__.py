"""Quiz questions by which people learn to tell a scheme, and which of them is asked when."""
