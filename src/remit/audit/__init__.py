"""What happened: an append-only, hash-chained record, and the outbox of reactions."""
