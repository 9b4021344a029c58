"""Every style of every parameter, through one generated package."""
