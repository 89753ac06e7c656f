"""One module for each thing a citizen can talk about; each is a `turn.Dialogue`."""
