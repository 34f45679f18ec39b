from allting.rooms import Room


class Ui(Room):
    name = "allting.ui"
