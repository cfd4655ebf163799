"""Days on which a launch was tried again, as announced."""

from fakel.api.launch_day import launch_recycle
from fakel.model.epoch import Epoch

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
