"""Use cases: one function each, one commit each. Time and the tools to render are arguments."""
