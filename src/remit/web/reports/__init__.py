"""Reports of the three levels of watching: on a page, and as a document."""
