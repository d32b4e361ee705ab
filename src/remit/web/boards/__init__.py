"""Boards of tiles: the default ones of the positions and people's own.

Not for what a tile means (``web.figures``) nor how it is answered (``metrics``). Only ``config`` imports it.
"""
