"""Equations of motion and what they rest on: plain numbers in and out.

Whoever imports any of it gets compiled functions of these very sources, not of older ones.
"""

from fakel.kernels import forget_stale

forget_stale()
