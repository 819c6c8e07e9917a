"""Claims of many documents to events: which tell of one occurrence, and why.

`joining` has the way in; the other modules are its steps.
"""
