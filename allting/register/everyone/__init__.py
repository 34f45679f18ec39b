"""The register's facts for everyone at once, in columns: the same facts as `known.facts` gives.

`needs` says which tables the facts asked for want, `reading` reads those in one pass each, `city`
lays people out with those who live together side by side, `piece` reckons the facts of some ten
thousand people on a day or of a few (`where` says which rows), `few` finds those whose facts are
not as usual, and `people` hands them to conditions. `kept` holds a city in memory and
follows the changes.
"""
