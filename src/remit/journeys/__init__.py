"""Questions about journeys, asked as specifications and answered from an index. Pure: no Django.

What is counted is defined in ``docs/how/funnels.md``.
"""
