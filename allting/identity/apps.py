from allting.rooms import Room


class Identity(Room):
    name = "allting.identity"
