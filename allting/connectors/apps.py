from allting.rooms import Room


class Connectors(Room):
    name = "allting.connectors"
