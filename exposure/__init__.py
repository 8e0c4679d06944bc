"""Ippo: one small step at a time. `app` is the front door; nothing is loaded here, so that a clock stays small."""
