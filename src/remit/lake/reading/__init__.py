"""From a file of somebody else's making to rows of a contract, with a reason for every row left out.

Pure: no Django. The order of work: ``examine`` (one pass over the bytes) → ``source`` (a relation of texts)
→ ``mapping`` (what each column means) → ``staging`` (typed, checked, resolved, written as Parquet).
"""
