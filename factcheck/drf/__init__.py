"""The ground both REST APIs stand on. Settings name its parts one by one: importing views here
would go in a circle.
"""
