"""Pages of requests and signatures: what waits for one, one request, the policies."""
