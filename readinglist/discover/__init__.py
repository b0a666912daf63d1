"""What lies in a library unasked: papers like others. Knows the index and papers, not the library or who asks."""
