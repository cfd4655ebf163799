"""Russian texts of a mission file: kept apart, and refused where they stand beside nothing."""

import pytest

from fakel.load.mission import load_mission
from fakel.load.russian import without_russian
from fakel.model.errors import InputError
from flights import SHIPPED, copy_of


def test_texts_at_any_depth_are_kept_and_taken_out():
    table = {"title": "A", "title_ru": "А", "steps": {"s": {"tasks": [{"title": "B", "title_ru": "Б", "n": 1}]}}}
    plain, russian = without_russian(table, "m.toml:")
    assert plain == {"title": "A", "steps": {"s": {"tasks": [{"title": "B", "n": 1}]}}}
    assert russian == {"A": "А", "B": "Б"}


@pytest.mark.parametrize("mission", SHIPPED)
def test_shipped_missions_say_every_title_and_name_in_russian(mission):
    loaded = load_mission(SHIPPED[mission])
    texts = [loaded.title, *(person.name for person in loaded.people.values()),
             *(ship.name for ship in loaded.ships.values()),
             *(task.title for step in loaded.steps.values() for task in getattr(step.plan, "tasks", ()))]
    assert [text for text in texts if text not in loaded.russian] == []


def test_a_russian_text_beside_no_english_one_is_refused(tmp_path):
    path, text = copy_of("torch-return", tmp_path)
    path.write_text(text.replace('title = "The Olympic torch comes home"\n', ""), encoding="utf-8")
    with pytest.raises(InputError, match=r"title_ru = .* is the Russian of title, which is not given"):
        load_mission(path)
