"""Which connector or room fills which port. The only place that knows both ends."""
