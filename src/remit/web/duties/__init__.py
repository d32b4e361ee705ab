"""Pages of duties: what one owes, the handbook, who answers, gaps. Nobody imports it but ``web.urls``."""
