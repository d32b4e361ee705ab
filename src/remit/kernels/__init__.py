"""Numeric code: numpy in, numpy out. Anybody above may import it; it knows no table and no Django."""
