"""Events: the door by which they come in, write keys, what arrives. Nobody imports it but ``web.urls``."""
