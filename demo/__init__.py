"""The demo and the processes it needs. Standard library only: it runs before anything
is installed.
"""
