"""Journeys as pages: funnels, retention, paths, attribution, sessions, habits; the people behind a figure.

A question's whole state is the address; what is kept of it is the same plain data as a page of specification.
"""
