"""Pages of outlets: a list, an outlet's page, and its moves. Nobody imports it but ``web.urls``."""
