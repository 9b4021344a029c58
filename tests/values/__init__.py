"""Values survive: what a server may send is read into the types of a package, and written again as it came."""
