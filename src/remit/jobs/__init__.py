"""Work in the background: schedules, progress, retries."""
