"""Log-in, and the pages of one's own account: profile, notices, tokens."""
