"""Pages of tasks: all of them, those of a campaign in four ways, one of them. Nobody imports it but web."""
