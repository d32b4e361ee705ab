"""Pages of customers: a list and a customer's page. Nobody imports it but ``web.urls``."""
