"""Profiles of customers, and who is who among those whom events name."""
