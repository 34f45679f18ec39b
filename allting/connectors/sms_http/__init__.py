"""Text messages through a gateway that speaks HTTP; what it tells us comes as signed webhooks."""

from allting.connectors.sms_http.gateway import SmsHttp

__all__ = ["SmsHttp"]
