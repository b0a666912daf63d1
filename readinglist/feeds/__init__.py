"""Feeds: where they are asked, how they are fetched, what is worth pointing out. The only package that connects."""
