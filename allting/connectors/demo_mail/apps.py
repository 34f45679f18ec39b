from allting.rooms import Room


class DemoMail(Room):
    name = "allting.connectors.demo_mail"
    label = "demo_mail"
