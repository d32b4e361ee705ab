"""Uploaded files and generated documents, with owner, scope, hash and expiry."""
