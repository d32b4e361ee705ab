"""Remit: the operating system of a marketing department."""
