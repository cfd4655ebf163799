"""Rotations against the SOFA library, asked directly."""

import erfa
import numpy as np

from fakel.model.frame import GCRF_FROM_EME2000


def test_frame_bias_is_that_of_sofa():
    bias = erfa.bp06(2_451_545.0, 0.0)[0]
    np.testing.assert_allclose(GCRF_FROM_EME2000, bias.T, atol=1e-16)      # round-off
    np.testing.assert_allclose(GCRF_FROM_EME2000 @ GCRF_FROM_EME2000.T, np.eye(3), atol=1e-15)
