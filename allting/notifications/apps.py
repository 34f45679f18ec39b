from allting.rooms import Room


class Notifications(Room):
    name = "allting.notifications"
