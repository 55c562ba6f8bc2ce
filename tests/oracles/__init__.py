"""Other people's parsers: what they read in an article and in its translation must be the same.

One module per oracle; each turns texts into HTML or into a tree, and `tree.py` compares the two.
"""
