"""Events by person and instant, mapped into memory, kept up to date: what journeys are counted from. Pure.

A projection of the lake that can be built again at any time. Its layout is told in ``docs/how/funnels.md``.
"""
