from allting.rooms import Room


class Catalogue(Room):
    name = "allting.catalogue"
