"""Pages of conflicts: the list, one conflict. Nobody imports it but web."""
