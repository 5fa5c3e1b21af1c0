"""A report or a comparison in, text or bytes out: words, drawings, pages of paper and data. Nothing here knows a web request."""
