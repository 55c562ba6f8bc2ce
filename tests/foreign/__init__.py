"""Model servers that nobody here wrote: what they do is not what we thought of."""
