"""What a person is told, by which way and when.

A notice stands in the product at once; a letter by e-mail follows as the person prefers.
"""
