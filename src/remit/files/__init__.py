"""Uploaded files and generated documents, with owner, scope, hash and expiry.

Content lies on disk under its SHA-256, once however often it is stored; rows say whose it is.
"""
