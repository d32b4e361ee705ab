"""The record, to read and to verify."""
