"""Campaigns: proposed, approved, paid for, changed by deviations, measured and closed.

Not: what they serve (``goals``), nor the work that carries them out (``execution``), which follows a plan by
``planning.followers``. Rooms above may import it.
"""
