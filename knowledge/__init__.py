"""What is known: schemes, how to match and read them, quizzes and warnings."""
