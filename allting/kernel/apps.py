from allting.rooms import Room


class Kernel(Room):
    name = "allting.kernel"
