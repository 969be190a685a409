"""What is measured beside the rounds of load: one module each, which gives rows for the report."""
