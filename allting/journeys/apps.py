from allting.rooms import Room


class Journeys(Room):
    name = "allting.journeys"
