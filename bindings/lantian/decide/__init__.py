"""What to do: the value of one thing more, the loss of a month, the least that meets a target.

`lantian.value`, `lantian.slip` and `lantian.optimise` stand on `Design.evaluate`: variants of a
scenario in the same paired worlds.
"""
