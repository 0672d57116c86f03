"""The demo, the processes it needs and the environment they run in.
Standard library only: it runs before anything is installed.
"""
