from allting.rooms import Room


class Workplace(Room):
    name = "allting.workplace"
