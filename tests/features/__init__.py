"""Every feature of the runtime, through generated packages and a socket."""
