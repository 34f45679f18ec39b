"""Hands mail over to a mail server (SMTP, RFC 5321), with TLS."""

from allting.connectors.smtp.address import SmtpAddress, read_address
from allting.connectors.smtp.transport import SmtpTransport

__all__ = ["SmtpAddress", "SmtpTransport", "read_address"]
