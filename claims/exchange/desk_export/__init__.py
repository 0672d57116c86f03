"""Everything of a desk in one ZIP, in forms that others read: JSON Lines,
CSV, and the stored files.

Claims are the exports of each, which leave out what is privileged and
who a confidential source is; tips are in none of it.
"""
