"""What both REST APIs share. Settings name the modules one by one: importing views here
would be circular.
"""
