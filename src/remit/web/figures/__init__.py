"""Pages about figures: explorer, catalogue, heat maps, customer quadrant, cohorts, targets, alerts.

Not for the numbers themselves (``metrics``). Nobody imports it but ``config`` and ``web.boards``.
"""
