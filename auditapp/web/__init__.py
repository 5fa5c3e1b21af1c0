"""Pages: a request in, a page or a redirect out. Views translate; the services decide."""
