"""Work in the background: schedules, progress, retries.

Holds no knowledge of what the work is about: a job names its subject by a reference.
Every room above may start jobs and declare tasks.
"""
