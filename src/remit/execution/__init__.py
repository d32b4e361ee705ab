"""Carrying campaigns out: tasks, people's time, materials, risks, conflicts, other departments, watching.

Not: what was approved and what it costs (``planning``). Taken away, campaigns still stand.
"""
