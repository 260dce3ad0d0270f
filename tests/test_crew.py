from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from according.crew import Crew, Failed, Limits, Lost, Why
from according.errors import ModelMissing, SetupError

linux = pytest.mark.skipif(sys.platform != "linux", reason="held by Linux alone")
BIG = 30_000_000

kept: list[bytes] = []


class Cornered(Exception):
    """One that can be pickled, but not put together again."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} and {second}")


def act(task: str) -> object:
    """What the tests want of a process, by name; other names come back as they are."""
    match task.split():
        case ["kill"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["exit"]:
            os._exit(3)
        case ["crash"]:
            ctypes.string_at(0)
        case ["loop"]:
            while True:
                pass
        case ["match"]:  # for years, without ever letting go of the interpreter's lock
            re.match(r"(a+)+$", "a" * 60 + "b")
        case ["sleep", seconds]:
            time.sleep(float(seconds))
        case ["spin", seconds]:
            until = time.process_time() + float(seconds)
            while time.process_time() < until:
                pass
        case ["swell"]:
            hoard = bytearray()
            while True:
                hoard += bytes(10_000_000)
        case ["take", megabytes]:
            return len(bytearray(int(megabytes) * 1_000_000))
        case ["keep", megabytes]:
            kept.append(bytes(int(megabytes) * 1_000_000))
        case ["pid"]:
            return os.getpid()
        case ["raise"]:
            raise ValueError("no such word")
        case ["corner"]:
            raise Cornered("this", "that")
        case ["leave"]:
            sys.exit("I have had enough")
        case ["lock"]:
            return threading.Lock()
        case ["write", path, megabytes]:
            Path(path).write_bytes(bytes(int(megabytes) * 1_000_000))
        case ["core"]:
            import resource

            return resource.getrlimit(resource.RLIMIT_CORE)
    return task


def turned(task: bytes) -> bytes:
    return task[::-1]


def lay_by() -> None:
    kept.append(bytes(300_000_000))


def fall_short() -> None:
    raise ModelMissing("the model is not there.")


def fall_silent() -> None:
    raise FileNotFoundError("no such model")


def fall_dead() -> None:
    os._exit(4)


def run(crew, tasks):
    """What comes back for each task, in the order of the tasks; each has come back once."""
    found = []
    todo = list(enumerate(tasks))
    while todo or crew.busy:
        while todo and crew.hungry:
            crew.give(*todo.pop(0))
        found += crew.back()
    assert sorted(key for key, _ in found) == list(range(len(tasks)))
    return [outcome for _, outcome in sorted(found, key=lambda pair: pair[0])]


def gone(pid: int) -> bool:
    """Whether a process has ended. A zombie has: whoever should have buried it may have died before."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def within_seconds(holds) -> bool:
    for _ in range(200):
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_a_task_that_ends_its_process_is_lost_and_no_other():
    tasks = ["a", "kill", "b", "exit", "c", "d", "crash", "e", "kill", "kill", "f"]
    with Crew(act, 2, limits=Limits(seconds=60)) as crew:
        outcomes = run(crew, tasks)
        assert [task if not isinstance(outcome, Lost) else outcome.why for task, outcome in zip(tasks, outcomes, strict=True)] == [
            task if len(task) == 1 else Why.DIED for task in tasks
        ]
        assert [outcomes[at].message.partition("(")[2] for at in (1, 3, 6)] == ["SIGKILL).", "status 3).", "SIGSEGV)."]
        assert run(crew, ["g", "h"]) == ["g", "h"]


def test_a_task_that_waited_in_a_dead_process_s_pipe_is_done_by_another():
    with Crew(act, 1) as crew:
        crew.give("guilty", "exit")
        crew.give("waiting", "innocent")
        found = crew.back()
        while crew.busy:
            found += crew.back()
    assert dict(found)["waiting"] == "innocent" and dict(found)["guilty"].why is Why.DIED


def test_a_process_that_dies_idle_costs_no_task():
    with Crew(act, 1) as crew:
        (pid,) = run(crew, ["pid"])
        os.kill(pid, signal.SIGKILL)
        (other,) = run(crew, ["pid"])
        assert other != pid


@pytest.mark.parametrize("task", ["loop", "match"])
def test_a_task_over_its_time_is_stopped_whatever_it_is_at(task):
    with Crew(act, 2, limits=Limits(seconds=0.5)) as crew:
        a, late, b, c = run(crew, ["a", task, "b", "c"])
    assert [a, b, c] == ["a", "b", "c"]
    assert late == Lost(Why.TIME, "It took longer than 0.5 seconds.")


def test_a_task_may_be_given_other_seconds_than_the_rest():
    with Crew(act, 2, limits=Limits(seconds=0.3)) as crew:
        crew.give("long", "sleep 0.6", 60)
        crew.give("short", "sleep 60")
        found = dict(crew.back() + crew.back())
    assert found == {"long": "sleep 0.6", "short": Lost(Why.TIME, "It took longer than 0.3 seconds.")}


def test_the_clock_runs_from_when_a_task_begins_not_from_when_it_is_given():
    with Crew(act, 1, limits=Limits(seconds=1.9)) as crew:
        assert run(crew, ["sleep 1", "sleep 1"]) == ["sleep 1", "sleep 1"]


@linux
def test_a_task_over_its_processor_time_is_stopped():
    with Crew(act, 1, limits=Limits(cpu_seconds=1)) as crew:
        late, after = run(crew, ["match", "after"])
    assert late == Lost(Why.TIME, "It took more than 1 seconds of the processor's time.") and after == "after"


@linux
def test_each_task_has_processor_time_of_its_own():
    with Crew(act, 1, limits=Limits(cpu_seconds=1)) as crew:
        *spun, first, last = run(crew, ["spin 0.6"] * 4 + ["pid", "pid"])
    assert spun == ["spin 0.6"] * 4 and first == last


@linux
def test_a_task_over_its_memory_is_lost_and_its_process_goes_on():
    with Crew(act, 1, limits=Limits(megabytes=100)) as crew:
        before, lost, after = run(crew, ["pid", "swell", "pid"])
    assert lost == Lost(Why.MEMORY, "It needed more than 100 MB of memory.")
    assert before == after


@linux
def test_what_a_process_was_prepared_with_is_not_counted_as_its_task_s():
    with Crew(act, 1, limits=Limits(megabytes=100), prepare=lay_by) as crew:
        fits, lost = run(crew, ["take 80", "take 120"])
    assert fits == 80_000_000 and lost.why is Why.MEMORY


@linux
def test_a_process_that_keeps_too_much_is_replaced_between_two_tasks():
    with Crew(act, 1, limits=Limits(megabytes=900)) as crew:
        first, _, second, _, third = run(crew, ["pid", "keep 100", "pid", "keep 250", "pid"])
    assert first == second != third


@linux
def test_processes_leave_no_core_and_write_no_long_files(tmp_path):
    with Crew(act, 1, limits=Limits(written_megabytes=2, files=64)) as crew:
        core, short, long = run(crew, ["core", f"write {tmp_path}/short 1", f"write {tmp_path}/long 3"])
    assert core == (0, 0)
    assert isinstance(short, str) and isinstance(long.error, OSError)


def test_an_error_comes_back_as_it_was_raised_or_in_words():
    with Crew(act, 2) as crew:
        raised, cornered, left, locked, after = run(crew, ["raise", "corner", "leave", "lock", "after"])
    assert isinstance(raised.error, ValueError) and raised.text == "ValueError: no such word"
    assert cornered == Failed("Cornered: this and that", None)
    assert isinstance(left.error, SystemExit) and "had enough" in left.text
    assert isinstance(locked, Failed) and "pickle" in locked.text
    assert after == "after"


def test_large_tasks_and_large_results_do_not_wait_for_each_other():
    task = bytes(1) + bytes([1]) * BIG
    with Crew(turned, 2) as crew:
        assert all(result == task[::-1] for result in run(crew, [task] * 6))


def test_a_large_task_half_in_the_pipe_of_a_process_that_dies_is_done_by_another():
    task = "a" * BIG
    with Crew(act, 1, limits=Limits(seconds=0.5)) as crew:
        late, large = run(crew, ["match", task])
    assert late.why is Why.TIME and large == task


def test_every_one_of_many_small_tasks_comes_back_once():
    tasks = [str(number) for number in range(1000)]
    with Crew(act, 2) as crew:
        assert run(crew, tasks) == tasks


def test_a_crew_tells_whether_it_has_room_and_whether_something_is_to_come_back():
    with Crew(act, 1) as crew:
        assert crew.hungry and not crew.busy and crew.back() == []
        crew.give(1, "sleep 60")
        crew.give(2, "a")
        assert not crew.hungry and crew.busy and crew.back(timeout=0) == []
        with pytest.raises(RuntimeError, match="all the tasks"):
            crew.give(3, "b")


def test_a_task_that_cannot_travel_is_refused_and_the_crew_goes_on():
    with Crew(act, 1) as crew:
        with pytest.raises(TypeError, match="pickle"):
            crew.give(1, threading.Lock())
        assert not crew.busy and run(crew, ["a"]) == ["a"]


@pytest.mark.parametrize(("prepare", "error"), [(fall_short, ModelMissing), (fall_silent, FileNotFoundError)])
def test_what_keeps_a_process_from_being_prepared_is_raised_here(prepare, error):
    with pytest.raises(error), Crew(act, 2, prepare=prepare) as crew:
        run(crew, ["a", "b"])


def test_processes_that_all_die_before_they_are_ready_are_not_replaced_for_ever():
    with pytest.raises(SetupError, match="end as soon as they begin"), Crew(act, 2, prepare=fall_dead) as crew:
        run(crew, ["a", "b"])


@linux
def test_no_process_outlives_its_crew():
    with Crew(act, 2) as crew:
        pids = run(crew, ["pid", "pid"])
        crew.give(1, "match")
        crew.give(2, "match")
        assert not any(map(gone, pids))
    assert all(map(gone, pids))


@linux
def test_no_process_outlives_the_first_one_though_it_is_killed(tmp_path):
    script = tmp_path / "first.py"
    script.write_text(
        textwrap.dedent(f"""
            import sys
            sys.path.insert(0, {str(Path(__file__).parent)!r})
            import test_crew
            from according.crew import Crew

            if __name__ == "__main__":
                with Crew(test_crew.act, 3) as crew:
                    for key in range(3):
                        crew.give(key, "pid")
                    pids = set()
                    while crew.busy:
                        pids |= {{pid for _, pid in crew.back()}}
                    crew.give("in native code", "match")
                    crew.give("in Python", "loop")
                    while not crew.back(0.2):  # the third is idle
                        print(*pids, flush=True)
        """)
    )
    source = str(Path(__file__).parent.parent / "src")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": source}) as first:
        assert first.stdout
        pids = [int(word) for word in first.stdout.readline().split()]
        assert len(pids) == 3 and not any(map(gone, pids))
        first.kill()
    assert within_seconds(lambda: all(map(gone, pids)))
