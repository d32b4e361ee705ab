"""Outlets and sales channels."""
