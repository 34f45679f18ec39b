from allting.rooms import Room


class Register(Room):
    name = "allting.register"
