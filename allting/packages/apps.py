from allting.rooms import Room


class Packages(Room):
    name = "allting.packages"
