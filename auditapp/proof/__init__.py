"""How a report proves itself: canonical bytes, keys and signatures, the seal of a PDF, and what a check of a file finds."""
