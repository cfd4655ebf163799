"""The one way to fly what is not a coast: the explicit Runge-Kutta method of order 8 by Dormand and Prince.

Compiled code cannot be cached when it takes a function, so the method does not call the forces: whoever flies asks
``stage_place`` where each stage lies, evaluates his own rate there into k, and asks for the next. Stages 0 to 11 make a
step, whose end is the place of stage 12. For what lies between, stages 12 to 15 are evaluated too; ``between_of`` then
makes a polynomial of order 7 from all of them.

Source: Hairer, Norsett & Wanner, Solving Ordinary Differential Equations I, 2nd ed. 1993, the method of DOP853 with its
dense output. Checked against the order conditions and ``scipy.integrate.DOP853`` in tests/facts/test_integrator.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray

STEP, ALL = 12, 16        # stages of a step; with those of its polynomial
TERMS = 7                 # of that polynomial
_FAST = {"reassoc", "contract"}

# Row i holds the weights of stages 0 .. i-1; row 12 those of the step.
_ROWS = (
    (),
    (0.05260015195876773,),
    (0.0197250569845379, 0.0591751709536137),
    (0.02958758547680685, 0.0, 0.08876275643042054),
    (0.2413651341592667, 0.0, -0.8845494793282861, 0.924834003261792),
    (0.037037037037037035, 0.0, 0.0, 0.17082860872947386, 0.12546768756682242),
    (0.037109375, 0.0, 0.0, 0.17025221101954405, 0.06021653898045596, -0.017578125),
    (0.03709200011850479, 0.0, 0.0, 0.17038392571223998, 0.10726203044637328, -0.015319437748624402,
     0.008273789163814023),
    (0.6241109587160757, 0.0, 0.0, -3.3608926294469414, -0.868219346841726, 27.59209969944671, 20.154067550477894,
     -43.48988418106996),
    (0.47766253643826434, 0.0, 0.0, -2.4881146199716677, -0.590290826836843, 21.230051448181193, 15.279233632882423,
     -33.28821096898486, -0.020331201708508627),
    (-0.9371424300859873, 0.0, 0.0, 5.186372428844064, 1.0914373489967295, -8.149787010746927, -18.52006565999696,
     22.739487099350505, 2.4936055526796523, -3.0467644718982196),
    (2.273310147516538, 0.0, 0.0, -10.53449546673725, -2.0008720582248625, -17.9589318631188, 27.94888452941996,
     -2.8589982771350235, -8.87285693353063, 12.360567175794303, 0.6433927460157636),
    (0.054293734116568765, 0.0, 0.0, 0.0, 0.0, 4.450312892752409, 1.8915178993145003, -5.801203960010585,
     0.3111643669578199, -0.1521609496625161, 0.20136540080403034, 0.04471061572777259),
    (0.056167502283047954, 0.0, 0.0, 0.0, 0.0, 0.0, 0.25350021021662483, -0.2462390374708025, -0.12419142326381637,
     0.15329179827876568, 0.00820105229563469, 0.007567897660545699, -0.008298),
    (0.03183464816350214, 0.0, 0.0, 0.0, 0.0, 0.028300909672366776, 0.053541988307438566, -0.05492374857139099, 0.0,
     0.0, -0.00010834732869724932, 0.0003825710908356584, -0.00034046500868740456, 0.1413124436746325),
    (-0.42889630158379194, 0.0, 0.0, 0.0, 0.0, -4.697621415361164, 7.683421196062599, 4.06898981839711,
     0.3567271874552811, 0.0, 0.0, 0.0, -0.0013990241651590145, 2.9475147891527724, -9.15095847217987),
)
NODES = np.array([0.0, 0.05260015195876773, 0.0789002279381516, 0.1183503419072274, 0.2816496580927726,
    0.3333333333333333, 0.25, 0.3076923076923077, 0.6512820512820513, 0.6, 0.8571428571428571, 1.0, 1.0, 0.1, 0.2,
    0.7777777777777778])
# Rows of the polynomial beyond its first three, which are Hermite's.
BETWEEN = np.array([
    [-8.428938276109013, 0.0, 0.0, 0.0, 0.0, 0.5667149535193777, -3.0689499459498917, 2.38466765651207,
     2.117034582445028, -0.871391583777973, 2.2404374302607883, 0.6315787787694688, -0.08899033645133331,
     18.148505520854727, -9.194632392478356, -4.436036387594894],
    [10.427508642579134, 0.0, 0.0, 0.0, 0.0, 242.28349177525817, 165.20045171727028, -374.5467547226902,
     -22.113666853125306, 7.733432668472264, -30.674084731089398, -9.332130526430229, 15.697238121770845,
     -31.139403219565178, -9.35292435884448, 35.81684148639408],
    [19.985053242002433, 0.0, 0.0, 0.0, 0.0, -387.0373087493518, -189.17813819516758, 527.8081592054236,
     -11.57390253995963, 6.8812326946963, -1.0006050966910838, 0.7777137798053443, -2.778205752353508,
     -60.19669523126412, 84.32040550667716, 11.99229113618279],
    [-25.69393346270375, 0.0, 0.0, 0.0, 0.0, -154.18974869023643, -231.5293791760455, 357.6391179106141,
     93.40532418362432, -37.45832313645163, 104.0996495089623, 29.8402934266605, -43.53345659001114,
     96.32455395918828, -39.17726167561544, -149.72683625798564],
])
STAGES = np.zeros((ALL, ALL))
for _i, _row in enumerate(_ROWS):
    STAGES[_i, :_i] = _row


@njit(cache=True, fastmath=_FAST)
def stage_place(stage: int, h: float, y: FloatArray, k: FloatArray, out: FloatArray) -> None:
    """Write into out (n,) the state of a stage of the step of length h from y (n,); its time is ``NODES[stage] * h``
    later.

    k (12 or 16, n): the rates at the stages before. Stage 12 is the end of the step.
    """
    for j in range(y.shape[0]):
        total = 0.0
        for q in range(stage):
            total += STAGES[stage, q] * k[q, j]
        out[j] = y[j] + h * total


@njit(cache=True, fastmath=_FAST)
def between_of(h: float, y: FloatArray, end: FloatArray, k: FloatArray, series: FloatArray) -> None:
    """Write into series (7, n) the polynomial of the step from y to end (n,); k (16, n) holds all its rates."""
    for j in range(y.shape[0]):
        gain = end[j] - y[j]
        series[0, j], series[1, j] = gain, h * k[0, j] - gain
        series[2, j] = 2.0 * gain - h * (k[STEP, j] + k[0, j])
        for i in range(4):
            total = 0.0
            for q in range(ALL):
                total += BETWEEN[i, q] * k[q, j]
            series[3 + i, j] = h * total


@njit(cache=True, fastmath=_FAST)
def between(share: float, y: FloatArray, series: FloatArray, out: FloatArray) -> None:
    """Write into out (n,) the state where the step from y has gone a share (0 to 1) of its way."""
    for j in range(y.shape[0]):
        total = 0.0
        for i in range(TERMS - 1, -1, -1):
            total = (total + series[i, j]) * (share if i % 2 == 0 else 1.0 - share)
        out[j] = y[j] + total
