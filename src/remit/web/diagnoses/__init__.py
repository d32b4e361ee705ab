"""Pages of diagnoses: the list, one with its tree, one why with its evidence. Nobody imports it but web."""
