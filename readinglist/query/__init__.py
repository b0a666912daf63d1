"""The query language: fields, grammar, tree, plain meaning. Knows nothing of index, store and window."""
