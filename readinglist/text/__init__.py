"""Text: fold, cut into words, stem, tell names and identifiers. Knows nothing of papers."""
