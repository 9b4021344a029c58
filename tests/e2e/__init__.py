"""Generated packages against servers on a real socket."""
