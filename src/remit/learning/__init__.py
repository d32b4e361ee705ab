"""Learning: experiments that settle what people argue about, diagnoses, pilots; what a campaign did is not here
(it is in ``planning``).

Imported by ``web``, ``demo`` and ``config`` only.
"""
