"""Work in the background: what runs, what failed, who works."""
