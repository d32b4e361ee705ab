"""Pages of campaigns: a list and a campaign's page. Nobody imports it but ``web.urls``."""
