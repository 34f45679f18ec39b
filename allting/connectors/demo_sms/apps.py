from allting.rooms import Room


class DemoSms(Room):
    name = "allting.connectors.demo_sms"
    label = "demo_sms"
