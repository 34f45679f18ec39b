from allting.rooms import Room


class Conditions(Room):
    name = "allting.conditions"
