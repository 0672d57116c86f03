"""Debates and broadcasts while they are heard: chunks of text come in,
each sentence is matched with what is known, people decide, and in the
end all of it is an article.
"""
