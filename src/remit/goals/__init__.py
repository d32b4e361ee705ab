"""Strategies and goals: what is to be reached, by when, by whom, split so that the parts add up.

Not: how it is reached; campaigns (``planning``) stand above and serve goals. Rooms above may import it.
"""
