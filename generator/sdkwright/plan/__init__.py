"""Which symbol lives in which file, and what each file needs from the others."""
