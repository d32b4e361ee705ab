"""Page of people's weeks: who is full, who could help. Nobody imports it but web."""
