"""What goes wrong between a client and a server, as data: each scenario, and what the user must get from it."""
