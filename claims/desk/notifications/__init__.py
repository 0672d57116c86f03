"""What people are told: rows written in the transaction of the event,
read in the header and on a page, and sent by workers.
"""
