"""The conversation with a citizen: pure, `Engine(book).step(state, message, at) -> Step(state, replies,
effects)`."""
