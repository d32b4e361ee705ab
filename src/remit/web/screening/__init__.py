"""Content screened before it is published.

Not for who signs it (``web.approvals``). Only ``web.urls`` imports it.
"""
