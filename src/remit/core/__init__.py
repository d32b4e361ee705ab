"""Values that every room shares: text, money, periods, scopes, verdicts, references.

Pure: never imports Django, so that it runs in a notebook and in an executor.
"""
