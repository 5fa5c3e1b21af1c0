"""An invented population of audited events, plausible and the same for the same seed: for trials of size, never for show."""
