"""Learning from officers: texts they have judged, models fitted to them, and which model is in force."""
