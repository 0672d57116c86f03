"""A newsroom of many claims for trying out and measuring.

A few histories are gone through with the services that people and
workers use, in a transaction that is rolled back (`recording`,
`histories`). What each step wrote is then written again for every
claim, with other words, people, ids and times (`templates`, `copies`,
`rows`). So no rule is written down here a second time, and every
constraint and guard holds for each copy as it held for the services.
"""
