"""Learning: experiments that settle what people argue about, diagnoses, pilots; not what a campaign did
(``planning``).

Imported by ``web``, ``demo`` and ``config`` only.
"""
