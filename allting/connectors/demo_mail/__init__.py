"""The demonstration's mailbox: a real mail server on this machine, and a page to read it."""
