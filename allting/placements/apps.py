from allting.rooms import Room


class Placements(Room):
    name = "allting.placements"
