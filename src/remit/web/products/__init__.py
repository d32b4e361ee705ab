"""Pages of products: a list and a product's page. Nobody imports it but ``web.urls``."""
