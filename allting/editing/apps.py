from allting.rooms import Room


class Editing(Room):
    name = "allting.editing"
