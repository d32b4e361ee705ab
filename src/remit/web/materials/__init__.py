"""Pages of campaign materials. Nobody imports it but web."""
