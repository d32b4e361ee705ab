"""Pages of the register of endorsers and creators. Nobody imports it but web."""
