"""Profiles of customers."""
