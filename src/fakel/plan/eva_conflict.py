"""Why no plan is possible: wishes that cannot all be met, none of which can be left out of the conflict."""

from __future__ import annotations

from collections.abc import Callable, Collection

from fakel.model.walk_plan import Conflict
from fakel.plan.eva_case import Case
from fakel.plan.eva_minutes import cp_model
from fakel.plan.eva_model import Model

LIMIT = 20.0
"""Deterministic units of one question; a small conflict takes a hundredth of them."""
Wish = tuple[str, str]


def conflict(case: Case, effort: float = 1.0, seed: int = 1) -> Conflict | None:
    """An irreducible conflict of a case: None when there is none (a plan exists).

    The search gives a first set; then each task's wishes, and after that each single wish, are left out in turn. What
    no plan could do without (ways, one place at a time) is taken for granted. With presolve a small model is all
    presolve, so there is none.
    """
    model = Model(case, explain=True)
    ask = _asker(model, LIMIT * effort, seed)
    possible, core = ask(list(model.literals))
    if possible:
        return None
    if possible is None:
        return Conflict(False, False, ())
    sure = True
    for subject in dict.fromkeys(key[0] for key in core):
        core, known = _without(core, [key for key in core if key[0] == subject], ask)
        sure &= known
    for wish in list(core):
        if wish in core:
            core, known = _without(core, [wish], ask)
            sure &= known
    subjects = dict.fromkeys(key[0] for key in core)
    return Conflict(True, sure, tuple((s, tuple(wish for subject, wish in core if subject == s)) for s in subjects))


Asker = Callable[[Collection[Wish]], tuple[bool | None, list[Wish]]]


def _without(core: list[Wish], some: Collection[Wish], ask: Asker) -> tuple[list[Wish], bool]:
    """The conflict without some of its wishes, if it is still one; and whether that was decided."""
    rest = [key for key in core if key not in some]
    if not some or not rest:
        return core, True
    possible, smaller = ask(rest)
    if possible is False:
        return [key for key in rest if key in smaller], True
    return core, possible is not None


def _asker(model: Model, limit: float, seed: int) -> Asker:
    by_index = {literal.index: key for key, literal in model.literals.items()}

    def ask(wishes: Collection[Wish]) -> tuple[bool | None, list[Wish]]:
        model.cp.clear_assumptions()
        model.cp.add_assumptions([model.literals[key] for key in wishes])
        solver = cp_model().CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, seed
        solver.parameters.max_deterministic_time = limit
        solver.parameters.cp_model_presolve, solver.parameters.linearization_level = False, 0
        status = str(solver.status_name(solver.solve(model.cp)))
        if status == "INFEASIBLE":
            named = {by_index[i] for i in solver.sufficient_assumptions_for_infeasibility()}
            return False, [key for key in wishes if key in named]
        return (None if status == "UNKNOWN" else True), []
    return ask
