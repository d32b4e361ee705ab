"""Policies, requests and signatures: what needs whose signature, and what was signed.

Not for what is asked about: a subject is a Ref, and the room above says what it contains.
Imported by the rooms above it.
"""
