"""Pages of risks: the matrix with its list, one risk. Nobody imports it but web."""
