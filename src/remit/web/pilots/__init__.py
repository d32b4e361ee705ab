"""Pages of pilots: the list, one pilot with its waves, who tries it, its forms. Nobody imports it but web."""
