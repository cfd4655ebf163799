"""Days on which a launch was tried again, as announced."""

from pathlib import Path

from fakel.api.launch_day import launch_recycle
from fakel.model.epoch import Epoch

CREW_8 = Path(__file__).parents[1] / "authorities" / "iss_2024-02-23.oem"
BEFORE_DEMO_2 = ("1 25544U 98067A   20151.18025309  .00000222  00000-0  12062-4 0  9998",
                 "2 25544  51.6449  77.5932 0002744   5.7692 138.9633 15.49398616229222")


def test_the_backup_of_demo_2_was_22_minutes_earlier(tmp_path):
    """NASA, May 2020: launch on the 30th at 3:22 p.m. EDT, backup on the 31st at 3:00 p.m.: told to the minute."""
    file = tmp_path / "iss.tle"
    file.write_text("\n".join(BEFORE_DEMO_2) + "\n")
    first, second = launch_recycle(tle=file, date="2020-05-30", pad="ksc-39a", vehicle="falcon-9",
                                   spacecraft="crew-dragon", days=1).rows
    assert abs(first.liftoff - Epoch.utc("2020-05-30T19:22:30Z")) < 60.0
    assert abs(second.liftoff - Epoch.utc("2020-05-31T19:00:30Z")) < 60.0
    assert abs(second.shift_s + 22 * 60.0) < 60.0
    assert "no profile takes the phase" in first.why and second.open  # Demo-2 flew with less than the profile takes


def test_the_tries_of_crew_8_from_nasas_ephemeris_of_before():
    """NASA's file itself names the first, 05:04:26 on 1 March 2024; announced for the 3rd was 04:16, flown on the 4th
    03:53:38. The file (as cut here) ends on 28 February: three to six days on, each second holds within half a minute.
    """
    found = launch_recycle(oem=CREW_8, date="2024-03-01", pad="ksc-39a", vehicle="falcon-9-land",
                           spacecraft="crew-dragon", days=3)
    for row, told in zip(found.rows, ("2024-03-01T05:04:26Z", "", "2024-03-03T04:16:30Z", "2024-03-04T03:53:38Z"),
                         strict=True):
        assert not told or abs(row.liftoff - Epoch.utc(told)) < 30.0
    assert found.rows[0].open and found.rows[3].open and not any(row.told for row in found.rows)
