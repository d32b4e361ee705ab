"""Pages of imports: upload, mapping, preview, progress, result, quarantine, history, undo.

What an import means and does is the lake's; these pages show it and pass a person's choices on.
"""
