"""An e-ID for the demonstration: speaks real OpenID Connect, and lets you pick who you are."""
