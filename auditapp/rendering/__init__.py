"""A report or a comparison in, text or bytes out: words, drawings, PDF and data. Nothing here knows a web request."""
