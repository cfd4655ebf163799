"""A flight as a page: ``scene`` turns a read flight into what ``web/src/flight/scene.ts`` reads.

Nothing here computes motion: the page interpolates the flight's own arcs.
"""
