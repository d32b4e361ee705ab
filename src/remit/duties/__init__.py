"""Duties: who owes what by when, with what evidence.

Not: what a figure means (``metrics``), nor approvals (``governance``). Rooms above may import it.
"""
