"""Pages of experiments: the list, one experiment, its forms; layers. Nobody imports it but web."""
