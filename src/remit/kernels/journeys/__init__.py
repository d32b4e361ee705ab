"""One linear pass over the events of people: numba over memory-mapped columns, small aggregates out.

What is counted is defined in ``docs/how/funnels.md``. A kernel sees one part of an index: people with
all their events, sorted by instant.
"""
