from allting.rooms import Room


class Portal(Room):
    name = "allting.portal"
