"""Names of older versions, for code that imports them from the underscore modules. New code needs none of them."""
