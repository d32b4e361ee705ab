"""Numeric code: numpy in, numpy out. No company, no database, no Django; any room may import it."""
