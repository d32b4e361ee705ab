"""Backup and restore: database, lake and files in one archive, consistent while the system runs.

The archive is a tar (zstd or gzip) that can be read without Remit: ``database/``, ``lake/``, ``files/``, and
at its end ``manifest.json`` with the SHA-256 of every file, so that a cut-off archive is noticed.

The lake's versions and the database are read at one instant (see ``instant``). What an import had appended
but not yet marked as done at that instant is what a crash would have left: the restored worker finds it done.
"""
