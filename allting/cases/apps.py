from allting.rooms import Room


class Cases(Room):
    name = "allting.cases"
