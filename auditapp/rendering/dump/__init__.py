"""All published reports as tables for whoever wants all of them: CSV, JSON Lines and Parquet, from one set of columns."""
