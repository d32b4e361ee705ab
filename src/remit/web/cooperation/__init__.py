"""Pages of requests to other departments: what is asked, what is answered, what was promised."""
