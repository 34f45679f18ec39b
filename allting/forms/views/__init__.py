"""The pages of an application: start, one thing a page, check, send."""
