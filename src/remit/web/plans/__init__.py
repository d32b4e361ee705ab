"""Pages of campaign plans: from the proposal to the close. Nobody imports it but ``web.urls``."""
