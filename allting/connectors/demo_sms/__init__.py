"""The demonstration's telephones: a gateway for text messages on this machine, and its phones."""
