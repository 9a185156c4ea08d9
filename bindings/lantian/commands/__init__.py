"""The verbs of the command `lantian` that are written in Python, one file each."""
