"""Takes mail that comes back: an SMTP listener that reads reports of delivery (RFC 3464)."""
