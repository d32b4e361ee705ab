"""Words screened before they are published: what the law forbids, where it stands, what to write instead.

Not for who signs (``governance.deciding``) and not for data of the house: it runs without Django, in a
notebook or an executor. Imported by the rooms above, by the command line and by the pages.
"""
