"""Pilots in a few outlets: what they are compared with, how large an effect would show, what was found."""
