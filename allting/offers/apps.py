from allting.rooms import Room


class Offers(Room):
    name = "allting.offers"
