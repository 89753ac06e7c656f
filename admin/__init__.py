"""What officers see: one pages file and one templates folder for each task."""
