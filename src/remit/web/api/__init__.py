"""The programming interface: what the pages show, for programs, in the scope of the token's person.

Not for people (the other folders of ``web``). Only ``config`` and ``web.urls`` import it.
"""
