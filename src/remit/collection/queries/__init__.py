"""Reads of keys, and of what has arrived."""
