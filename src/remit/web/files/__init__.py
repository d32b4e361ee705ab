"""Pages of stored files: a list of those that one may see, and their content.

Uploading belongs to the pages that need the file; these here only show.
"""
