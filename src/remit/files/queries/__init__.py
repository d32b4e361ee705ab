from .reading import FileGone, open_file, path_of_file

__all__ = ["FileGone", "open_file", "path_of_file"]
