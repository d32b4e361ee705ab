"""What numbers mean and how they are answered: catalogue, engine, targets, alerts, boards.

Not: where facts come from (``lake``), nor how figures look (``web``). Rooms above may import it.
"""
