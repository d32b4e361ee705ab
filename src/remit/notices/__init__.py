"""What a person is told, by which way and when.

A notice stands in the product at once; a letter by e-mail or by the robot of a chat group follows as the
person prefers, and the robot of a team tells how much waits.
"""
