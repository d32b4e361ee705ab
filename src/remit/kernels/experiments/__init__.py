"""Experiments as numbers: who gets which variant, how many people it takes, what a reading says.

Statistics eat aggregates. No module here knows a table; ``docs/how/experiments.md`` says why each was chosen.
"""
