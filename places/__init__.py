"""Where it happened: a gazetteer, the names in a text, and the places they mean."""
