"""Pages of meetings: what comes, what was decided, the series."""
