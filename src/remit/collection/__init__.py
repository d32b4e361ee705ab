"""Events on their way in: write keys, the inbox, the drain into the lake.

Not for files of events (``lake``) nor for who somebody is (``customers``). Rooms above it may import it.
"""
