from allting.rooms import Room


class Forms(Room):
    name = "allting.forms"
