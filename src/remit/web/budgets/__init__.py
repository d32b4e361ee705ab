"""Pages of budgets: what there is, what is left, each line's ledger. Nobody imports it but ``web.urls``."""
