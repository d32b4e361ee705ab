"""Today: what the person owes, their figures, what changed. Nobody imports it but ``web.urls``."""
