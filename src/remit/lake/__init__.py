"""Facts: tables, imports, compaction."""
