"""The work of a batch, wherever it is done: in this process, in worker processes with limits, or on a cluster.

All three take chunks of `Task` and give `Reply`s in any order; the ledger puts them in theirs.
"""
