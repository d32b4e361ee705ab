"""Facts: table contracts, the store of snapshots, imports and their quarantine, projections of dimensions.

Not here: what the numbers mean (``metrics``) and the rooms that own the entities that facts name.
Every room above may import it; ``store``, ``tables`` and ``reading`` never import Django.
"""
