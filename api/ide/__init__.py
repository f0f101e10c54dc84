"""The page for people: GraphiQL from files of our own, or a small page that says why it is not there."""
