"""Full-text search: Whoosh, with a codec of memory-mapped arrays. Knows nothing of the library or the window.

To be read in this order:

    texts        what of a paper is indexed
    builder, invert, array_file   how papers become a segment, and how it is kept
    segment, snapshot             how a segment, and all of them, are looked into
    lookup, scoring, phrase       which postings agree with a word, what they score, what stands side by side
    leaves, tree                  how the leaves of a query are answered and combined
    fold, writing, commit, state  how a change becomes durable and is seen
    index        the face of it all
    schema, codec                 the same segments as Whoosh sees them
"""
